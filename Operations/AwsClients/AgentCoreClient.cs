using System.Globalization;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of Bedrock AgentCore. https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html
/// </summary>
internal sealed class AgentCoreClient(AwsAccess access)
{
    /// <summary>Invokes an agent in a new session.</summary>
    /// <param name="arn">ARN of the agent runtime.</param>
    /// <param name="endpoint">Its endpoint.</param>
    /// <param name="payload">JSON for the agent.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>What the agent responded.</returns>
    public Task<string> InvokeAgentRuntimeAsync(string arn, string endpoint, string? payload, CancellationToken cancellation) =>
        access.Api("bedrock-agentcore").RestTextAsync(
            HttpMethod.Post, $"/runtimes/{arn}/invocations", payload, "application/json",
            new Dictionary<string, string> { ["qualifier"] = endpoint },
            new Dictionary<string, string>
            {
                ["X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"] =
                    $"smoke-{Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture)}",
            },
            cancellation);
}
