using System.Diagnostics;
using System.Globalization;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Aws;

namespace Infra.Operations.Smoke;

/// <summary>
/// Invokes an agent once, in a new session.
/// https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html
/// </summary>
internal static class AgentCheck
{
    /// <returns>The failure; null if the response is as expected.</returns>
    public static async Task<string?> InvokeAsync(AwsAccess access, string arn, SmokeConfig test, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            string answer = await access.Api("bedrock-agentcore").RestTextAsync(
                HttpMethod.Post, $"/runtimes/{arn}/invocations", test.Body, "application/json",
                new Dictionary<string, string> { ["qualifier"] = AgentStackOutputs.Endpoint },
                new Dictionary<string, string>
                {
                    ["X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"] =
                    $"smoke-{Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture)}"
                },
                cancellation);
            return HttpCheck.Judge(test, 200, answer, watch.Elapsed);
        }
        catch (AwsApiException e)
        {
            return e.Message;
        }
    }
}
