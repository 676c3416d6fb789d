using System.Globalization;
using Infra.Operations.Aws;
using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Scheduling;

/// <summary>An environment's schedule, read from its synthesized base: the override in Parameter Store, and the run at its end.</summary>
internal sealed class SynthesizedSchedule
{
    private readonly AwsAccess _access;
    private readonly Dictionary<string, string> _variables;

    private SynthesizedSchedule(AwsAccess access, JObject project)
    {
        _access = access;
        _variables = project["environment"]!["environment_variable"]!.ToDictionary(
            variable => (string)variable["name"]!, variable => (string)variable["value"]!, StringComparer.Ordinal);
        if ((string?)project["source"]!["location"] is { } location)
        {
            string[] parts = location.Split('/', 2);
            Stored = new StoredDeployment(access, parts[0], parts[1]);
        }
    }

    /// <summary>The stored deployment; null if sleep only stops tasks and runtime stays deployed.</summary>
    public StoredDeployment? Stored { get; }

    /// <summary>Name of the parameter with the override.</summary>
    public string Parameter => _variables["OVERRIDE"];

    /// <summary>
    /// Services whose tasks are stopped and started, if runtime stays deployed: cluster, service, desired count, and minimum and maximum if
    /// it scales.
    /// </summary>
    public IEnumerable<(string Cluster, string Service, int Tasks, (int Fewest, int Most)? Scaling)> Services =>
        from line in _variables.GetValueOrDefault("SERVICES", "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let words = line.Split(' ')
        select (words[0], words[1], Number(words[2]), words[3] == "-" ? ((int, int)?)null : (Number(words[3]), Number(words[4])));

    /// <summary>The schedule of a synthesized base; null if it has none.</summary>
    public static SynthesizedSchedule? Of(AwsAccess access, StackFolder @base) =>
        @base.Json.SelectToken("resource.aws_codebuild_project.cycle") is JObject project ? new SynthesizedSchedule(access, project) : null;

    /// <summary>Text of the override; null if base, and so the parameter, is not deployed yet.</summary>
    public async Task<string?> OverrideAsync(CancellationToken cancellation)
    {
        try
        {
            JObject answer = await _access.Api("ssm").JsonAsync("GetParameter", new JObject { ["Name"] = Parameter }, cancellation);
            return (string?)answer["Parameter"]?["Value"];
        }
        catch (AwsApiException e) when (e.Code == "ParameterNotFound")
        {
            return null;
        }
    }

    /// <summary>Writes the override.</summary>
    public Task SetAsync(string text, CancellationToken cancellation) => _access.Api("ssm").JsonAsync(
        "PutParameter", new JObject { ["Name"] = Parameter, ["Value"] = text, ["Type"] = "String", ["Overwrite"] = true }, cancellation);

    /// <summary>Runs the schedule once at a time, to apply the timetable. cycle.sh does the same when it finds an override.</summary>
    public async Task RunAtAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        const string Name = "override-end";
        var schedule = new JObject
        {
            ["GroupName"] = _variables["GROUP"],
            ["ScheduleExpression"] = $"at({at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)})",
            ["ScheduleExpressionTimezone"] = "UTC",
            ["FlexibleTimeWindow"] = new JObject { ["Mode"] = "OFF" },
            ["ActionAfterCompletion"] = "DELETE",
            ["Target"] = JObject.Parse(_variables["LATER"]),
        };
        AwsApi scheduler = _access.Api("scheduler");
        try
        {
            await scheduler.RestAsync(HttpMethod.Post, $"/schedules/{Name}", schedule, cancellation: cancellation);
        }
        catch (AwsApiException e) when (e.Code == "ConflictException")
        {
            await scheduler.RestAsync(HttpMethod.Put, $"/schedules/{Name}", schedule, cancellation: cancellation);
        }
    }

    /// <summary>Stops or starts the tasks of all services.</summary>
    public async Task ScaleAsync(bool awake, Action<string> say, CancellationToken cancellation)
    {
        foreach ((string cluster, string service, int tasks, (int Fewest, int Most)? scaling) in Services)
        {
            if (scaling is { } limits)
                await _access.Api("application-autoscaling").JsonAsync("RegisterScalableTarget", new JObject
                {
                    ["ServiceNamespace"] = "ecs",
                    ["ScalableDimension"] = "ecs:service:DesiredCount",
                    ["ResourceId"] = $"service/{cluster}/{service}",
                    ["MinCapacity"] = awake ? limits.Fewest : 0,
                    ["MaxCapacity"] = awake ? limits.Most : 0,
                }, cancellation);
            int desired = awake ? tasks : 0;
            await _access.Api("ecs").JsonAsync(
                "UpdateService", new JObject { ["cluster"] = cluster, ["service"] = service, ["desiredCount"] = desired }, cancellation);
            say($"  {service}: {desired} tasks");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
