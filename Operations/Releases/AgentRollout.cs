using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
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

    private readonly CloudFormationClient _cloudFormation = new(access);

    public async Task<RunningService?> ReadAsync(CancellationToken cancellation)
    {
        if (await _cloudFormation.DescribeStackAsync(stack, cancellation) is not { } found)
            return await isDeployed() ? Nothing : null;
        return new RunningService(
            found.StackId,
            found.Outputs.GetValueOrDefault(AgentStackOutputs.Image, ""),
            Rollout(found.StackStatus),
            $"{found.StackStatus} {found.StackStatusReason}".Trim(),
            Desired: 0,
            Running: 0,
            Events: [])
        {
            AgentVersion = found.Outputs.GetValueOrDefault(AgentStackOutputs.LiveVersion),
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
