namespace Infra.Configuration.Findings;

/// <summary>What an environment must fulfill.</summary>
/// <param name="Id">Stable id, which begins with a section: <c>network/endpoints</c>.</param>
/// <param name="Severity">Severity of its findings.</param>
/// <param name="Summary">What it requires, in one sentence.</param>
public sealed record Rule(string Id, Severity Severity, string Summary)
{
    /// <summary>What the schema and the reader require.</summary>
    public static Rule Form { get; } = new(
        "file/form", Severity.Error, "A file is JSON with known keys, and with values of the types and within the limits of the schema.");

    /// <summary>What environments that share bootstrap require of each other.</summary>
    public static Rule SharedBootstrap { get; } = new(
        "account/shared-bootstrap", Severity.Warning, "No environment that shares the bootstrap stack has findings.");
}
