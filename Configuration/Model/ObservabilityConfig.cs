using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>Logs, alarms and notifications.</summary>
public sealed record ObservabilityConfig
{
    [Description("Days that logs are retained.")]
    [AllowedValues(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
        ErrorMessage = "a retention that CloudWatch Logs supports")]
    public int LogRetentionDays { get; init; } = 30;

    [Description("Days that access logs of the load balancer, CloudFront and buckets are retained.")]
    [Range(1, 3650)]
    public int AccessLogDays { get; init; } = 90;

    [Description("Email addresses that alarms are sent to; each must confirm once.")]
    [RegularExpression("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", ErrorMessage = "an e-mail address")]
    public IReadOnlyList<string> AlertEmails { get; init; } = [];

    [Description("Average response time in seconds above which an alarm is raised.")]
    [Range(1, 300)]
    public int ResponseTimeSeconds { get; init; } = 5;

    [Description("CPU of services and the database in percent above which an alarm is raised.")]
    [Range(1, 100)]
    public int CpuPercent { get; init; } = 80;

    [Description("Memory of services in percent above which an alarm is raised.")]
    [Range(1, 100)]
    public int MemoryPercent { get; init; } = 80;

    [Description("Number of 5xx responses per minute above which an alarm is raised, for each service and for the load balancer itself.")]
    [Range(0, 100000)]
    public int ServerErrorsPerMinute { get; init; } = 10;

    [Description("Free storage of the database in percent below which an alarm is raised.")]
    [Range(1, 99)]
    public int FreeStoragePercent { get; init; } = 10;

    [Description(
        "Number of database connections above which an alarm is raised; PostgreSQL allows about 80 on a db.t4g.micro, and twice as many "
            + "with twice the memory.")]
    [Range(1, 5000)]
    public int DatabaseConnections { get; init; } = 60;

    [Description("Whether runtime has a CloudWatch dashboard of the cluster, the load balancer, the database and the alarms.")]
    public bool Dashboard { get; init; } = true;

    [Description(
        "Whether CloudWatch Logs Insights has saved queries for the logs of services: errors, slow requests, a request by its id, server "
            + "errors, and, where there are such logs, tasks and blocked requests. Free of charge; a search is charged by the data it "
            + "scans.")]
    public bool SavedQueries { get; init; } = true;

    [Description(
        "Application traces in AWS X-Ray, with a collector as a sidecar of each service; charged by trace. None without this section.")]
    public TracesConfig? Traces { get; init; }

    [Description("Slack channel that alarms are sent to, in addition to the email addresses.")]
    public SlackConfig? Slack { get; init; }

    [Description("Container Insights of the ECS cluster: enhanced adds task and container metrics, disabled is free of charge.")]
    public ContainerInsights ContainerInsights { get; init; } = ContainerInsights.Enabled;
}

/// <summary>CloudWatch Container Insights of the cluster.</summary>
public enum ContainerInsights { Enabled, Enhanced, Disabled }
