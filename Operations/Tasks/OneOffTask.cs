using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Tasks;

/// <summary>A task that runs one command in the environment's network and stops: a migration, a check of the database.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="place">Cluster and network to run in.</param>
internal sealed class OneOffTask(AwsAccess access, TaskNetwork place)
{
    private const int LogLines = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // The fields of DescribeTaskDefinition's output that are also input of RegisterTaskDefinition.
    private static readonly string[] Registered =
    [
        "family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes", "placementConstraints",
        "requiresCompatibilities", "cpu", "memory",
        "ephemeralStorage", "runtimePlatform", "proxyConfiguration", "pidMode", "ipcMode",
    ];

    private readonly AwsApi _ecs = access.Api("ecs");

    /// <summary>Registers a revision of a task definition with another image.</summary>
    /// <param name="taskDefinition">Family or ARN.</param>
    /// <param name="container">Container that gets the image.</param>
    /// <param name="image">Image.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>ARN of the revision.</returns>
    public async Task<string> RegisterAsync(string taskDefinition, string container, string image, CancellationToken cancellation)
    {
        JObject answer = await _ecs.JsonAsync(
            "DescribeTaskDefinition", new JObject { ["taskDefinition"] = taskDefinition, ["include"] = new JArray("TAGS") }, cancellation);
        var given = (JObject)answer["taskDefinition"]!;
        var input =
            new JObject(Registered.Where(name => given[name] is not null and not { Type: JTokenType.Null })
                .Select(name => new JProperty(name, given[name])));
        if (answer["tags"] is JArray { Count: > 0 } tags)
            input["tags"] = tags;
        JToken its = input["containerDefinitions"]!.SingleOrDefault(each => (string?)each["name"] == container)
            ?? throw OperationException.Failed($"task definition {taskDefinition} has no container {container}");
        its["image"] = image;
        JObject registered = await _ecs.JsonAsync("RegisterTaskDefinition", input, cancellation);
        return (string)registered.SelectToken("taskDefinition.taskDefinitionArn")!;
    }

    /// <summary>Runs a task until it stops; if an interrupted run started one with the same name, waits for that one instead.</summary>
    /// <param name="taskDefinition">ARN or family.</param>
    /// <param name="container">Container whose exit code is the result.</param>
    /// <param name="command">Command that overrides the container's; null means the container's own.</param>
    /// <param name="name">Value of startedBy, at most 36 letters, digits, hyphens and underscores.</param>
    /// <param name="timeout">Maximum run time; then it is stopped.</param>
    /// <param name="cancellation">Cancels the wait; the task keeps running.</param>
    public async Task<TaskResult> RunAsync(string taskDefinition, string container, IReadOnlyList<string>? command, string name,
        TimeSpan timeout, CancellationToken cancellation)
    {
        string task = await BegunAsync(name, cancellation) ?? await BeginAsync(taskDefinition, container, command, name, cancellation);
        DateTime end = DateTime.UtcNow + timeout;
        while (true)
        {
            JObject answer = await _ecs.JsonAsync(
                "DescribeTasks", new JObject { ["cluster"] = place.Cluster, ["tasks"] = new JArray(task) }, cancellation);
            JToken? found = (answer["tasks"] as JArray)?.FirstOrDefault();
            if ((string?)found?["lastStatus"] == "STOPPED")
                return await EndAsync(found, container, cancellation);
            if (DateTime.UtcNow > end)
            {
                await _ecs.JsonAsync(
                    "StopTask",
                    new JObject
                    {
                        ["cluster"] = place.Cluster,
                        ["task"] = task,
                        ["reason"] = $"not finished within {timeout.TotalMinutes:0} minutes",
                    }, cancellation);
                return new TaskResult(task, null, $"it did not finish within {timeout.TotalMinutes:0} minutes and was stopped",
                    await LogAsync(task, (string?)found?["taskDefinitionArn"] ?? taskDefinition, container, cancellation));
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task<string?> BegunAsync(string name, CancellationToken cancellation)
    {
        JObject answer = await _ecs.JsonAsync("ListTasks", new JObject { ["cluster"] = place.Cluster, ["startedBy"] = name }, cancellation);
        return (string?)(answer["taskArns"] as JArray)?.FirstOrDefault();
    }

    private async Task<string> BeginAsync(
        string taskDefinition, string container, IReadOnlyList<string>? command, string name, CancellationToken cancellation)
    {
        var input = new JObject
        {
            ["cluster"] = place.Cluster,
            ["taskDefinition"] = taskDefinition,
            ["launchType"] = "FARGATE",
            ["startedBy"] = name,
            ["count"] = 1,
            ["networkConfiguration"] = new JObject
            {
                ["awsvpcConfiguration"] = new JObject
                {
                    ["subnets"] = new JArray(place.SubnetIds),
                    ["securityGroups"] = new JArray(place.SecurityGroupId),
                    ["assignPublicIp"] = "DISABLED",
                },
            },
        };
        if (command is not null)
            input["overrides"] =
                new JObject
                {
                    ["containerOverrides"] =
                    new JArray(new JObject { ["name"] = container, ["command"] = new JArray(command) })
                };
        JObject answer = await _ecs.JsonAsync("RunTask", input, cancellation);
        return (string?)(answer["tasks"] as JArray)?.FirstOrDefault()?["taskArn"]
            ?? throw OperationException.Failed($"ECS did not start the task: {answer["failures"]}");
    }

    private async Task<TaskResult> EndAsync(JToken task, string container, CancellationToken cancellation)
    {
        JToken? its = (task["containers"] as JArray)?.FirstOrDefault(each => (string?)each["name"] == container);
        int? code = (int?)its?["exitCode"];
        string why = string.Join(
            "; ", new[] { (string?)its?["reason"], (string?)task["stoppedReason"] }.Where(reason => !string.IsNullOrEmpty(reason)));
        string arn = (string)task["taskArn"]!;
        IReadOnlyList<string> log = code == 0 ? [] : await LogAsync(arn, (string)task["taskDefinitionArn"]!, container, cancellation);
        return new TaskResult(arn, code, why, log);
    }

    /// <summary>The end of a task's log; empty if it cannot be read.</summary>
    private async Task<IReadOnlyList<string>> LogAsync(string task, string taskDefinition, string container, CancellationToken cancellation)
    {
        try
        {
            JObject definition =
                await _ecs.JsonAsync("DescribeTaskDefinition", new JObject { ["taskDefinition"] = taskDefinition }, cancellation);
            JToken? options = definition.SelectTokens("taskDefinition.containerDefinitions[*]")
                .FirstOrDefault(each => (string?)each["name"] == container)?.SelectToken("logConfiguration.options");
            if (options is null)
                return [];
            JObject answer = await access.Api("logs").JsonAsync("GetLogEvents", new JObject
            {
                ["logGroupName"] = options["awslogs-group"],
                ["logStreamName"] = $"{options["awslogs-stream-prefix"]}/{container}/{task.Split('/')[^1]}",
                ["limit"] = LogLines,
                ["startFromHead"] = false,
            }, cancellation);
            return (answer["events"] as JArray ?? []).Select(each => (string?)each["message"]).OfType<string>().ToArray();
        }
        catch (AwsApiException e)
        {
            return [$"(its log cannot be read: {e.Message})"];
        }
    }
}

/// <summary>Cluster and network of a one-off task.</summary>
/// <param name="Cluster">Cluster.</param>
/// <param name="SubnetIds">Subnets of tasks.</param>
/// <param name="SecurityGroupId">Security group of tasks.</param>
internal sealed record TaskNetwork(string Cluster, IReadOnlyList<string> SubnetIds, string SecurityGroupId)
{
    /// <summary>Reads it from runtime's outputs; null if runtime is not deployed or has no cluster.</summary>
    public static TaskNetwork? Of(RuntimeOutputs outputs) => outputs is { ClusterName: { } cluster, TaskSecurityGroupId: { } group }
        ? new TaskNetwork(cluster, outputs.TaskSubnetIds, group)
        : null;
}

/// <param name="Task">ARN of the task.</param>
/// <param name="ExitCode">Exit code of the container; null if it never ran or was stopped.</param>
/// <param name="Reason">Reason given by ECS why it stopped; may be empty.</param>
/// <param name="Log">The end of its log; empty if it succeeded.</param>
internal sealed record TaskResult(string Task, int? ExitCode, string Reason, IReadOnlyList<string> Log)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary><c>exit code 3; Essential container in task exited</c>.</summary>
    public string Describe() =>
        (ExitCode is { } code ? $"exit code {code}" : "it did not run to completion") + (Reason.Length > 0 ? $"; {Reason}" : "");
}
