using Constructs;
using HashiCorp.Cdktf;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Discovery;
using Infra.Constructs.Foundation;
using Infra.Constructs.LoadBalancing;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Monitoring.Dashboards;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>The services of a runtime, each with its target group, alarms, jobs and migration.</summary>
internal sealed class RuntimeServices
{
    private readonly Construct _scope;
    private readonly RuntimeServicesProps _props;
    private readonly DeploymentContext _context;
    private readonly EnvironmentConfig _config;
    private readonly VariableSources _sources;
    private readonly IReadOnlyDictionary<string, int> _priorities;
    private readonly IReadOnlyDictionary<string, string> _queueNames;
    private readonly Lazy<JobGroup> _jobs;
    private readonly Dictionary<string, ITerraformDependable> _made = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Migration> _migrations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DashboardService> _shown = new(StringComparer.Ordinal);

    public RuntimeServices(Construct scope, RuntimeServicesProps props)
    {
        _scope = scope;
        _props = props;
        _context = props.Context;
        _config = props.Config;
        _queueNames = QueueNames.Of(_config, _context.Names);
        _sources = new VariableSources(_context, props.Base.SecretArns);
        _priorities = ListenerPriority.Assign(_config.Services);
        _jobs = new Lazy<JobGroup>(
            () => new JobGroup(scope, "jobs", new JobGroupProps(_context, [.. JobFamilies()], props.Base.AlertTopicArn)));
        foreach (string name in CallOrder.Of(_config.Services))
            Add(name, _config.Services[name]);
    }

    /// <summary>Migrations, by service.</summary>
    public IReadOnlyDictionary<string, Migration> Migrations => _migrations;

    /// <summary>Services for the dashboard, sorted by name.</summary>
    public IReadOnlyList<DashboardService> Shown => [.. _shown.Values];

    private IEnumerable<string> JobFamilies() =>
        from service in _config.Services
        from job in service.Value.Jobs.Keys
        select _context.Names.JobFamily(service.Key, job);

    private void Add(string name, ServiceConfig written)
    {
        ServiceConfig config = written with { Environment = DiscoveryVariables.With(_context, name, written, _queueNames) };
        ServiceTarget? target = config.IsListening ? Target(name, config) : null;
        ServiceConnectAlias? served = _config.Services.Values.Any(other => other.Calls.Contains(name))
            ? new ServiceConnectAlias(
                _context.Names.For(NameRule.CloudMap, name), config.Connect.Name ?? name, config.Connect.Port ?? config.Port!.Value)
            : null;
        var alarms = new ServiceAlarms(_scope, $"alarms-{name}", new ServiceAlarmsProps
        {
            Context = _context,
            Service = name,
            Config = _config.Observability,
            ClusterName = _props.Placement.Cluster.Name,
            ServiceName = _context.Names.Service(name),
            Requests = (target, served) switch
            {
                ({ } behind, _) => RequestMetrics.ThroughLoadBalancer(_props.Balancer!.ArnSuffix, behind.TargetGroupArnSuffix),
                (null, { } called) => RequestMetrics.ThroughServiceConnect(called.DiscoveryName),
                _ => null,
            },
            AlertTopicArn = _props.Base.AlertTopicArn,
        });
        _shown[name] = new DashboardService(name, _context.Names.Service(name), target?.TargetGroupArnSuffix);
        var props = new ServiceProps
        {
            Context = _context,
            Name = name,
            Config = config,
            Placement = _props.Placement,
            Base = _props.Base.Services[name],
            Sources = _sources,
            QueueNames = _queueNames,
            Target = target,
            Connection = served is null && config.Calls.Count == 0 ? null : new ServiceConnection(_props.Base.NamespaceArn!, served),
            DeploymentAlarms = alarms.ForDeployments,
            TasksByTimetable = _config.Schedule is { DestroysRuntime: false },
            // In a circular dependency one of them is not created yet.
            Called = [.. config.Calls.Order(StringComparer.Ordinal).Where(_made.ContainsKey).Select(called => _made[called])],
        };
        var service = new Service(_scope, $"service-{name}", props);
        _made[name] = service.Resource;

        foreach ((string job, JobConfig its) in config.Jobs.OrderBy(job => job.Key, StringComparer.Ordinal))
            new Job(_scope, $"job-{name}-{job}", new JobProps
            {
                Name = job,
                Config = its,
                Service = props,
                Image = service.Image,
                Group = _jobs.Value,
            });
        if (config.Migration is { } migration)
            _migrations[name] = new Migration(
                _scope, $"migration-{name}", new MigrationProps(migration, props, service.Image, AllDatabases.ByName(_config)));
    }

    private ServiceTarget Target(string name, ServiceConfig config) => new(_scope, $"target-{name}", new ServiceTargetProps
    {
        Context = _context,
        Service = name,
        VpcId = _props.Base.Network.VpcId,
        Listener = new TargetListener(_props.Balancer!.ListenerArn, _props.Balancer.ArnSuffix),
        Priority = _priorities[name],
        HostName = _config.HostName(config.Host),
        Paths = config.Paths,
        HealthPath = config.HealthPath,
        DeregistrationDelaySeconds = config.DeregistrationDelaySeconds,
        StickySeconds = config.StickySeconds,
    });
}

internal sealed record RuntimeServicesProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentConfig Config { get; init; }

    /// <summary>Outputs of base.</summary>
    public required BaseOutputs Base { get; init; }

    /// <summary>Where tasks run.</summary>
    public required TaskPlacement Placement { get; init; }

    /// <summary>Load balancer; none where no service listens.</summary>
    public required PublicLoadBalancer? Balancer { get; init; }
}
