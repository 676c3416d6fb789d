using System.Diagnostics;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;

namespace Infra.Operations.Smoke;

/// <summary>Invokes an agent once, in a new session.</summary>
internal static class AgentCheck
{
    /// <returns>The failure; null if the response is as expected.</returns>
    public static async Task<string?> InvokeAsync(AwsAccess access, string arn, SmokeConfig test, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            string answer =
                await new AgentCoreClient(access).InvokeAgentRuntimeAsync(arn, AgentStackOutputs.Endpoint, test.Body, cancellation);
            return HttpCheck.Judge(test, 200, answer, watch.Elapsed);
        }
        catch (AwsApiException e)
        {
            return e.Message;
        }
    }
}
