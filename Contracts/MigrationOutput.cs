using Newtonsoft.Json.Linq;

namespace Infra.Contracts;

/// <summary>Task that a release of a service runs once, before the new version receives requests.</summary>
/// <param name="Family">Family of its task definition.</param>
/// <param name="TaskDefinitionArn">Task definition that a release registers its own revision from.</param>
/// <param name="Container">Container whose exit code counts.</param>
/// <param name="TimeoutMinutes">Minutes after which it is stopped.</param>
public sealed record MigrationOutput(string Family, string TaskDefinitionArn, string Container, int TimeoutMinutes)
{
    /// <summary>The attributes of the output's element.</summary>
    public Dictionary<string, object> Write() => new()
    {
        ["family"] = Family,
        ["task_definition_arn"] = TaskDefinitionArn,
        ["container"] = Container,
        ["timeout_minutes"] = TimeoutMinutes,
    };

    internal static MigrationOutput Read(JToken output) => new(
        // A runtime of before the setting existed has none.
        (string)output["family"]!, (string)output["task_definition_arn"]!, (string)output["container"]!,
        (int?)output["timeout_minutes"] ?? 15);
}
