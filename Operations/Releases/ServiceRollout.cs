using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Releases;

/// <summary>What ECS runs of one service, and whether a deployment of it has arrived.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="cluster">Cluster.</param>
/// <param name="service">Name of the ECS service.</param>
/// <param name="container">Name of its container.</param>
internal sealed class ServiceRollout(AwsAccess access, string cluster, string service, string container) : IRollout
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly AwsApi _ecs = access.Api("ecs");

    public async Task<RunningService?> ReadAsync(CancellationToken cancellation)
    {
        JObject answer;
        try
        {
            answer = await _ecs.JsonAsync("DescribeServices", new JObject { ["cluster"] = cluster, ["services"] = new JArray(service) }, cancellation);
        }
        catch (AwsApiException e) when (e.Code is "ClusterNotFoundException" or "ServiceNotFoundException")
        {
            return null;
        }

        if ((answer["services"] as JArray)?.OfType<JObject>().FirstOrDefault(each => (string?)each["status"] == "ACTIVE") is not { } found)
            return null;
        JToken? primary = (found["deployments"] as JArray)?.FirstOrDefault(each => (string?)each["status"] == "PRIMARY");
        string taskDefinition = (string?)primary?["taskDefinition"] ?? (string)found["taskDefinition"]!;
        JObject definition = await _ecs.JsonAsync("DescribeTaskDefinition", new JObject { ["taskDefinition"] = taskDefinition }, cancellation);
        string image = definition.SelectTokens("taskDefinition.containerDefinitions[*]")
            .Where(each => (string?)each["name"] == container).Select(each => (string?)each["image"]).FirstOrDefault() ?? "";
        return new RunningService(
            taskDefinition,
            image,
            (string?)primary?["rolloutState"] ?? "COMPLETED",
            (string?)primary?["rolloutStateReason"] ?? "",
            (int?)found["desiredCount"] ?? 0,
            (int?)found["runningCount"] ?? 0,
            (found["events"] as JArray ?? []).Select(each => (string?)each["message"]).OfType<string>().ToArray());
    }

    public async Task WaitAsync(Func<RunningService, bool> expected, TimeSpan timeout, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + timeout;
        while (true)
        {
            RunningService running = await ReadAsync(cancellation) ?? throw OperationException.Failed($"ECS has no service {service} any more");
            if (!expected(running))
                throw OperationException.Failed($"ECS took the deployment of {service} back: it runs {running.Image}", Said(running));
            if (running.Rollout == "FAILED")
                throw OperationException.Failed($"the deployment of {service} failed: {running.Reason}", Said(running));
            if (running.Rollout == "COMPLETED")
                return;
            if (DateTime.UtcNow > end)
                throw OperationException.Failed($"{service} did not become stable in {timeout.TotalMinutes:0} minutes: {running.Running} of {running.Desired} tasks run", Said(running));
            await Task.Delay(Pause, cancellation);
        }
    }

    private static string Said(RunningService running) => string.Join('\n', running.Events.Take(5).Select(message => $"ECS: {message}"));
}

/// <param name="TaskDefinition">ARN of the task definition that is deployed.</param>
/// <param name="Image">Image of its container.</param>
/// <param name="Rollout"><c>IN_PROGRESS</c>, <c>COMPLETED</c> or <c>FAILED</c>.</param>
/// <param name="Reason">ECS's words for it.</param>
/// <param name="Desired">Tasks that should run.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="Events">What ECS said of it, the newest first.</param>
internal sealed record RunningService(string TaskDefinition, string Image, string Rollout, string Reason, int Desired, int Running, IReadOnlyList<string> Events)
{
    /// <summary>Version of an agent that callers get; null for services.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>Whether it runs what the ledger says: the digest, or anything else before the first release.</summary>
    public bool Runs(string ledgerValue) => ledgerValue == ReleaseLedger.NothingReleased
        ? !Image.Contains('@', StringComparison.Ordinal)
        : Image.EndsWith("@" + ledgerValue, StringComparison.Ordinal);
}
