using System.Globalization;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
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
    public string Parameter => _variables[ScheduleProject.Override];

    /// <summary>Services whose tasks are stopped and started, if runtime stays deployed.</summary>
    public IEnumerable<ScaledService> Services => _variables.GetValueOrDefault(ScheduleProject.Services, "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ScaledService.Parse);

    /// <summary>The schedule of a synthesized base; null if it has none.</summary>
    public static SynthesizedSchedule? Of(AwsAccess access, StackFolder @base) =>
        @base.Json.SelectToken($"resource.aws_codebuild_project.{ScheduleProject.Id}") is JObject project
            ? new SynthesizedSchedule(access, project)
            : null;

    /// <summary>Text of the override; null if base, and so the parameter, is not deployed yet.</summary>
    public Task<string?> OverrideAsync(CancellationToken cancellation) =>
        new SsmClient(_access).FindParameterAsync(Parameter, cancellation);

    /// <summary>Writes the override.</summary>
    public Task SetAsync(string text, CancellationToken cancellation) =>
        new SsmClient(_access).PutParameterAsync(new PutParameterRequest(Parameter, text, "String"), cancellation);

    /// <summary>Runs the schedule once at a time, to apply the timetable. cycle.sh does the same if an override is in force.</summary>
    public Task RunAtAsync(DateTimeOffset at, CancellationToken cancellation) => new SchedulerClient(_access).PutScheduleAsync(
        ScheduleProject.OneTimeScheduleName,
        JObject.Parse(_variables[ScheduleProject.OneTimeSchedule].Replace(
            ScheduleProject.OneTimeScheduleExpression,
            $"at({at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)})",
            StringComparison.Ordinal)),
        cancellation);

    /// <summary>Stops or starts the tasks of all services.</summary>
    public async Task ScaleAsync(bool awake, Action<string> say, CancellationToken cancellation)
    {
        foreach (ScaledService service in Services.Select(each => each.While(awake)))
        {
            if (service.Scaling is { } limits)
                await new ApplicationAutoScalingClient(_access).RegisterScalableTargetAsync(
                    service.Cluster, service.Name, limits.Min, limits.Max, cancellation);
            await new EcsClient(_access).UpdateServiceAsync(service.Cluster, service.Name, service.Tasks, cancellation);
            say($"  {service.Name}: {service.Tasks} tasks");
        }
    }
}
