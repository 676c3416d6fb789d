using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of CloudWatch Logs. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html
/// </summary>
internal sealed class LogsClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("logs");

    /// <summary>The last events of a log stream, oldest first.</summary>
    public async Task<IReadOnlyList<LogEvent>> GetLogEventsAsync(string group, string stream, int limit, CancellationToken cancellation) =>
        await _api.JsonAsync<IReadOnlyList<LogEvent>>(
            "GetLogEvents", new { logGroupName = group, logStreamName = stream, limit, startFromHead = false }, "events", cancellation)
        ?? [];

    /// <summary>When the log stream that was written last got its last events; null if there is none.</summary>
    public async Task<DateTimeOffset?> LastIngestionTimeAsync(string group, CancellationToken cancellation) =>
        await _api.JsonAsync<long?>(
            "DescribeLogStreams", new { logGroupName = group, orderBy = "LastEventTime", descending = true, limit = 1 },
            "logStreams[0].lastIngestionTime", cancellation) is { } milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}

/// <summary>An event of a log stream.</summary>
internal sealed record LogEvent(string? Message);
