using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of EventBridge Scheduler. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html</summary>
internal sealed class SchedulerClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("scheduler");

    /// <summary>Creates a schedule, or replaces the one with its name.</summary>
    /// <param name="name">Name.</param>
    /// <param name="schedule">Request of CreateSchedule, as base contains it for the schedule's own build.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task PutScheduleAsync(string name, JObject schedule, CancellationToken cancellation)
    {
        // In the path, not in the body.
        schedule.Remove("Name");
        try
        {
            await _api.RestAsync(HttpMethod.Post, $"/schedules/{name}", schedule, cancellation: cancellation);
        }
        catch (AwsApiException e) when (e.Code == "ConflictException")
        {
            await _api.RestAsync(HttpMethod.Put, $"/schedules/{name}", schedule, cancellation: cancellation);
        }
    }
}
