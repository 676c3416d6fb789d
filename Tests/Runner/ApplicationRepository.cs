namespace Infra.Tests.Runner;

/// <summary>An application's repository on the fake GitHub; its workflows call those of the infrastructure's repository.</summary>
/// <param name="Name">Owner and name: <c>acme/shop</c>.</param>
/// <param name="Folder">Its content.</param>
/// <param name="Commit">Commit of its runs.</param>
internal sealed record ApplicationRepository(string Name, string Folder, string Commit)
{
    /// <summary>Rules of its GitHub environments, by name; GitHub creates others without rules.</summary>
    public IReadOnlyDictionary<string, EnvironmentRules> Environments { get; init; } = new Dictionary<string, EnvironmentRules>();
}
