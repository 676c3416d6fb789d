namespace Infra.Insight;

/// <summary>A person or team to contact about an environment, as the resource map lists it.</summary>
/// <param name="Role">What to contact them about.</param>
/// <param name="Name">Name.</param>
/// <param name="Ways">Email address, telephone number, page: those that they have.</param>
public sealed record MapContact(string Role, string Name, IReadOnlyList<string> Ways);
