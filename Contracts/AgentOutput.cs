using Newtonsoft.Json.Linq;

namespace Infra.Contracts;

/// <summary>Runtime and versions of an agent.</summary>
/// <param name="Arn">ARN of the agent runtime.</param>
/// <param name="NewestVersion">Version that AgentCore created last.</param>
/// <param name="LiveVersion">Version that the endpoint points to.</param>
public sealed record AgentOutput(string Arn, string NewestVersion, string LiveVersion)
{
    /// <summary>The attributes of the output's element.</summary>
    public Dictionary<string, string> Write() => new()
    {
        ["arn"] = Arn,
        ["newest_version"] = NewestVersion,
        ["live_version"] = LiveVersion,
    };

    internal static AgentOutput Read(JToken output) =>
        new((string)output["arn"]!, (string)output["newest_version"]!, (string)output["live_version"]!);
}
