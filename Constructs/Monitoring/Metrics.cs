namespace Infra.Constructs.Monitoring;

/// <summary>Metrics of alarms and dashboards, each defined once.</summary>
internal static class Metrics
{
    /// <summary>Metric of a service's tasks. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html</summary>
    public static Metric Tasks(string cluster, string service, string name) => new("AWS/ECS", name, OfService(cluster, service), "Average");

    /// <summary>
    /// Metric of a service from Container Insights.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
    /// </summary>
    public static Metric Insights(string cluster, string service, string name, string statistic) =>
        new("ECS/ContainerInsights", name, OfService(cluster, service), statistic);

    /// <summary>
    /// Metric of a load balancer. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
    /// </summary>
    public static Metric LoadBalancer(string arnSuffix, string name, string statistic) =>
        new("AWS/ApplicationELB", name, new Dictionary<string, string> { ["LoadBalancer"] = arnSuffix }, statistic);

    /// <summary>Metric of a target group behind a load balancer.</summary>
    public static Metric Targets(string loadBalancerArnSuffix, string targetGroupArnSuffix, string name, string statistic) => new(
        "AWS/ApplicationELB",
        name,
        new Dictionary<string, string> { ["LoadBalancer"] = loadBalancerArnSuffix, ["TargetGroup"] = targetGroupArnSuffix },
        statistic);

    /// <summary>Metric of a database. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html</summary>
    public static Metric Database(string identifier, string name, string statistic) =>
        new("AWS/RDS", name, new Dictionary<string, string> { ["DBInstanceIdentifier"] = identifier }, statistic);

    /// <summary>Metric of a web ACL in a Region. https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html</summary>
    public static Metric Firewall(string webAcl, string region, string rule, string name) => new(
        "AWS/WAFV2", name, new Dictionary<string, string> { ["WebACL"] = webAcl, ["Region"] = region, ["Rule"] = rule }, "Sum");

    /// <summary>Metric of a backup vault. https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html</summary>
    public static Metric Vault(string vault, string name) =>
        new("AWS/Backup", name, new Dictionary<string, string> { ["BackupVaultName"] = vault }, "Sum");

    /// <summary>
    /// Metric of a queue.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    /// </summary>
    public static Metric Queue(string name, string metric, string statistic) =>
        new("AWS/SQS", metric, new Dictionary<string, string> { ["QueueName"] = name }, statistic);

    private static Dictionary<string, string> OfService(string cluster, string service) =>
        new() { ["ClusterName"] = cluster, ["ServiceName"] = service };
}
