using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchQueryDefinition;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Monitoring;

/// <summary>Saved queries of CloudWatch Logs Insights, in a folder with the prefix of the environment.</summary>
/// <remarks>
/// A query has no time range: the console searches the last hour unless another one is chosen. Load balancers write their access logs only
/// to S3, which Logs Insights cannot search.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
/// </remarks>
internal sealed class SavedQueries : Construct
{
    // Names that common logging libraries use; coalesce returns the first that an event has.
    private const string Status = "coalesce(status, statusCode, status_code, StatusCode)";

    private const string Milliseconds = "coalesce(durationMs, duration_ms, elapsedMs, responseTime, response_time_ms, latency_ms)";

    public SavedQueries(Construct scope, string id, SavedQueriesProps props) : base(scope, id)
    {
        string[] services = [.. props.ServiceLogGroups.Order(StringComparer.Ordinal)];
        if (services.Length > 0)
        {
            Add(id, props.Context, "errors", services,
                "fields @timestamp, @log, @logStream, @message",
                "filter @message like /(?i)(error|exception|fatal|critical|panic)/",
                "sort @timestamp desc",
                "limit 200");
            Add(id, props.Context, "slow-requests", services,
                $"fields @timestamp, @log, {Milliseconds} as milliseconds, @message",
                $"filter milliseconds > {props.SlowMilliseconds}",
                "sort milliseconds desc",
                "limit 100");
            Add(id, props.Context, "request-by-id", services,
                "fields @timestamp, @log, @logStream, @message",
                "filter @message like \"REQUEST-ID\"",
                "sort @timestamp asc",
                "limit 1000");
            Add(id, props.Context, "server-errors", services,
                $"fields @timestamp, @log, {Status} as code, @message",
                "filter code >= 500 and code < 600",
                "sort @timestamp desc",
                "limit 200");
        }

        if (props.ContainerInsightsLogGroup is { } insights)
            // Container Insights writes one event a minute for each running task: a task that is no longer reported has stopped.
            Add(id, props.Context, "task-stops", [insights],
                "filter Type = \"Task\"",
                "stats min(@timestamp) as first, max(@timestamp) as last by ServiceName, TaskId",
                "sort last asc",
                "limit 200");
        if (props.FirewallLogGroup is { } firewall)
            Add(id, props.Context, "blocked-requests", [firewall],
                "filter action = \"BLOCK\"",
                "stats count(*) as requests by terminatingRuleId, httpRequest.clientIp, httpRequest.uri",
                "sort requests desc",
                "limit 100");
    }

    /// <summary>Name of a saved query; the console shows the part before the slash as a folder: <c>tap-poc/errors</c>.</summary>
    public static string NameOf(DeploymentContext context, string purpose) => $"{context.Names.Prefix}/{purpose}";

    private void Add(string id, DeploymentContext context, string purpose, string[] logGroups, params IReadOnlyList<string> commands) =>
        new CloudwatchQueryDefinition(this, purpose, new CloudwatchQueryDefinitionConfig
        {
            Name = NameOf(context, purpose),
            LogGroupNames = logGroups,
            QueryString = string.Join("\n| ", commands),
        }).Named($"{id}_{purpose}");
}

internal sealed record SavedQueriesProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Log groups of services.</summary>
    public required IReadOnlyList<string> ServiceLogGroups { get; init; }

    /// <summary>Duration above which a request is slow.</summary>
    public required int SlowMilliseconds { get; init; }

    /// <summary>Log group of Container Insights; none if it is disabled.</summary>
    public string? ContainerInsightsLogGroup { get; init; }

    /// <summary>Log group of the web ACL; none without one.</summary>
    public string? FirewallLogGroup { get; init; }
}
