using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchDashboard;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Monitoring.Dashboards;

/// <summary>
/// A dashboard with the state of an environment: its alarms, the load balancer, the services, and the databases and the firewall if there
/// are any.
/// </summary>
internal sealed class RuntimeDashboard : Construct
{
    private const int GraphHeight = 6;

    // Maximum number of alarms in one CloudWatch widget.
    private const int MostAlarms = 100;

    public RuntimeDashboard(Construct scope, string id, RuntimeDashboardProps props) : base(scope, id) =>
        new CloudwatchDashboard(this, "dashboard", new CloudwatchDashboardConfig
        {
            DashboardName = props.Context.Names.For(NameRule.Dashboard, ""),
            DashboardBody = new DashboardBody(props.Context.Region, [.. Rows(props)]).ToJson(),
        }).Named(id);

    private static IEnumerable<DashboardRow> Rows(RuntimeDashboardProps props)
    {
        yield return new DashboardRow(4, new AlarmsWidget("Alarms", [.. props.AlarmArns.Take(MostAlarms)]));
        if (props.LoadBalancerArnSuffix is { } balancer)
        {
            Target[] targets =
                [.. props.Services.Where(service => service.TargetGroupArnSuffix is not null)
                    .Select(service => new Target(balancer, service))];
            yield return Heading("Load balancer");
            yield return new DashboardRow(
                GraphHeight, Requests(targets), Latency(props.Config, targets), Errors(props.Config, balancer, targets), Hosts(targets));
        }
        yield return Heading("Services");
        yield return new DashboardRow(GraphHeight, [.. Services(props)]);
        foreach (DashboardDatabase database in props.Databases)
        {
            yield return Heading(database.Title);
            yield return new DashboardRow(GraphHeight, [.. Database(props.Config, database.Identifier)]);
        }
        if (props.WebAclName is { } webAcl)
        {
            yield return Heading("Firewall");
            yield return new DashboardRow(GraphHeight, Firewall(props.Context.Region, webAcl));
        }
    }

    private static DashboardRow Heading(string text) => new(1, new TextWidget($"## {text}"));

    private static GraphWidget Requests(IEnumerable<Target> targets) => new(
        "Requests a minute", [.. targets.Select(target => target.Line("", "RequestCount", "Sum"))]);

    private static GraphWidget Latency(ObservabilityConfig config, IEnumerable<Target> targets) => new(
        "Response time, s",
        [.. targets.SelectMany(
            target => new[] { "p50", "p99" }.Select(statistic => target.Line($" {statistic}", "TargetResponseTime", statistic)))])
    { Threshold = config.ResponseTimeSeconds };

    private static GraphWidget Errors(ObservabilityConfig config, string balancer, IEnumerable<Target> targets) => new(
        "4xx and 5xx a minute",
        [
            .. targets.SelectMany(
                target => new[] { "4XX", "5XX" }.Select(code => target.Line($" {code}", $"HTTPCode_Target_{code}_Count", "Sum"))),
            new Line("load balancer 5XX", Metrics.LoadBalancer(balancer, "HTTPCode_ELB_5XX_Count", "Sum")),
        ])
    { Threshold = config.ServerErrorsPerMinute };

    private static GraphWidget Hosts(IEnumerable<Target> targets) => new(
        "Hosts",
        [
            .. targets.SelectMany(target => new[]
            {
                target.Line(" healthy", "HealthyHostCount", "Minimum"), target.Line(" unhealthy", "UnHealthyHostCount", "Maximum"),
            }),
        ]);

    private static IEnumerable<Widget> Services(RuntimeDashboardProps props)
    {
        GraphWidget Graph(string title, Func<DashboardService, IEnumerable<Line>> lines) =>
            new(title, [.. props.Services.SelectMany(lines)]);

        yield return Graph(
            "CPU, %", service => [new Line(service.Name, Metrics.Tasks(props.ClusterName, service.EcsName, "CPUUtilization"))])
            with
        { Percent = true, Threshold = props.Config.CpuPercent };
        yield return Graph(
            "Memory, %", service => [new Line(service.Name, Metrics.Tasks(props.ClusterName, service.EcsName, "MemoryUtilization"))])
            with
        { Percent = true, Threshold = props.Config.MemoryPercent };
        if (props.Config.ContainerInsights == ContainerInsights.Disabled)
            yield break;
        yield return Graph("Tasks", service =>
        [
            new Line($"{service.Name} running", Metrics.Insights(props.ClusterName, service.EcsName, "RunningTaskCount", "Average")),
            new Line($"{service.Name} desired", Metrics.Insights(props.ClusterName, service.EcsName, "DesiredTaskCount", "Average")),
        ]);
        yield return Graph("Network, bytes a second", service =>
        [
            new Line($"{service.Name} in", Metrics.Insights(props.ClusterName, service.EcsName, "NetworkRxBytes", "Average")),
            new Line($"{service.Name} out", Metrics.Insights(props.ClusterName, service.EcsName, "NetworkTxBytes", "Average")),
        ]);
    }

    private static IEnumerable<Widget> Database(ObservabilityConfig config, string database)
    {
        yield return new GraphWidget("CPU, %", new Line("CPU", Metrics.Database(database, "CPUUtilization", "Average")))
        { Percent = true, Threshold = config.CpuPercent };
        yield return new GraphWidget("Free storage, bytes", new Line("free", Metrics.Database(database, "FreeStorageSpace", "Minimum")));
        yield return new GraphWidget("Connections", new Line("open", Metrics.Database(database, "DatabaseConnections", "Maximum")))
        { Threshold = config.DatabaseConnections };
        yield return new GraphWidget(
            "Latency, s",
            new Line("read", Metrics.Database(database, "ReadLatency", "Average")),
            new Line("write", Metrics.Database(database, "WriteLatency", "Average")));
    }

    private static GraphWidget Firewall(string region, string webAcl) => new(
        "Requests a minute",
        [
            .. new[] { "AllowedRequests", "BlockedRequests", "CountedRequests" }.Select(
                metric => new Line(metric, Metrics.Firewall(webAcl, region, "ALL", metric))),
        ]);

    /// <summary>A service behind the load balancer.</summary>
    private sealed record Target(string LoadBalancerArnSuffix, DashboardService Service)
    {
        public Line Line(string label, string metric, string statistic) =>
            new($"{Service.Name}{label}", Metrics.Targets(LoadBalancerArnSuffix, Service.TargetGroupArnSuffix!, metric, statistic));
    }
}

internal sealed record RuntimeDashboardProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Thresholds, drawn across the graphs.</summary>
    public required ObservabilityConfig Config { get; init; }

    /// <summary>Cluster of the services.</summary>
    public required string ClusterName { get; init; }

    /// <summary>ARN suffix of the load balancer, as CloudWatch uses it; none where no service listens.</summary>
    public required string? LoadBalancerArnSuffix { get; init; }

    /// <summary>Services of the cluster.</summary>
    public required IReadOnlyList<DashboardService> Services { get; init; }

    /// <summary>Alarms of the environment.</summary>
    public required IReadOnlyList<string> AlarmArns { get; init; }

    /// <summary>Databases of the environment.</summary>
    public IReadOnlyList<DashboardDatabase> Databases { get; init; } = [];

    /// <summary>Name of the web ACL in CloudWatch; none without a firewall.</summary>
    public string? WebAclName { get; init; }
}

/// <param name="Name">Name in the environment file.</param>
/// <param name="EcsName">Name of the ECS service.</param>
/// <param name="TargetGroupArnSuffix">
/// ARN suffix of the target group, as CloudWatch uses it; none if it is not behind the load balancer.
/// </param>
internal sealed record DashboardService(string Name, string EcsName, string? TargetGroupArnSuffix);

/// <param name="Title">Display name.</param>
/// <param name="Identifier">Identifier of the RDS instance.</param>
internal sealed record DashboardDatabase(string Title, string Identifier);
