namespace Infra.Configuration.Model;

/// <summary>
/// Allows the same item twice in a list, for example in the arguments of a command; in all other lists that is a finding.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RepeatsAttribute : Attribute;
