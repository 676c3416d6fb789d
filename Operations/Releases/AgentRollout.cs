using System.Xml.Linq;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;

namespace Infra.Operations.Releases;

/// <summary>
/// What AgentCore runs of one agent, read from the CloudFormation stack that created it. CloudFormation waits until a version is ready.
/// </summary>
/// <param name="access">Access to the account.</param>
/// <param name="stack">Name of the CloudFormation stack.</param>
/// <param name="isDeployed">Whether runtime is deployed: before its first release an agent has no stack.</param>
internal sealed class AgentRollout(AwsAccess access, string stack, Func<Task<bool>> isDeployed) : IRollout
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly AwsApi _cloudFormation = access.Api("cloudformation");

    public async Task<RunningService?> ReadAsync(CancellationToken cancellation)
    {
        XElement answer;
        try
        {
            answer = await _cloudFormation.QueryAsync(
                "DescribeStacks", new Dictionary<string, string> { ["StackName"] = stack }, cancellation);
        }
        // For a stack that does not exist CloudFormation returns ValidationError; only its message contains the reason.
        catch (AwsApiException e) when (e.Code == "ValidationError" && e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return await isDeployed() ? Nothing : null;
        }

        if (answer.Descendants("Stacks").Elements("member").FirstOrDefault() is not { } found)
            return await isDeployed() ? Nothing : null;
        string status = (string?)found.Element("StackStatus") ?? "";
        Dictionary<string, string> outputs = found.Descendants("Outputs").Elements("member")
            .ToDictionary(
                output => (string)output.Element("OutputKey")!, output => (string)output.Element("OutputValue")!, StringComparer.Ordinal);
        return new RunningService(
            (string)found.Element("StackId")!,
            outputs.GetValueOrDefault(AgentStackOutputs.Image, ""),
            Rollout(status),
            $"{status} {(string?)found.Element("StackStatusReason")}".Trim(),
            Desired: 0,
            Running: 0,
            Events: [])
        {
            AgentVersion = outputs.GetValueOrDefault(AgentStackOutputs.LiveVersion),
        };
    }

    public async Task WaitAsync(Func<RunningService, bool> expected, TimeSpan timeout, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + timeout;
        while (true)
        {
            RunningService running = await ReadAsync(cancellation)
                ?? throw OperationException.Failed($"CloudFormation no longer has a stack {stack}");
            if (running.Rollout == "FAILED" || (running.Rollout == "COMPLETED" && !expected(running)))
                throw OperationException.Failed(
                    $"CloudFormation stack {stack} is {running.Reason}, with {(running.Image.Length > 0 ? running.Image : "no image")}");
            if (running.Rollout == "COMPLETED")
                return;
            if (DateTime.UtcNow > end)
                throw OperationException.Failed($"CloudFormation stack {stack} is {running.Reason} after {timeout.TotalMinutes:0} minutes");
            await Task.Delay(Pause, cancellation);
        }
    }

    private static RunningService Nothing { get; } = new("", "", "COMPLETED", "not deployed before the first release", 0, 0, []);

    private static string Rollout(string status) => status switch
    {
        "CREATE_COMPLETE" or "UPDATE_COMPLETE" => "COMPLETED",
        _ when status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) => "IN_PROGRESS",
        // Also when CloudFormation rolled back the change.
        _ => "FAILED",
    };
}
