using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Agents;
using Infra.Constructs.Containers;
using Infra.Constructs.Databases;
using Infra.Constructs.Discovery;
using Infra.Constructs.Dns;
using Infra.Constructs.Edge;
using Infra.Constructs.Extensions;
using Infra.Constructs.Foundation;
using Infra.Constructs.LoadBalancing;
using Infra.Constructs.Messaging;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Monitoring.Dashboards;
using Infra.Constructs.Networking;
using Infra.Constructs.Recovery;
using Infra.Constructs.Schedules;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>
/// Resources that are charged per hour and can be recreated: internet access, the load balancer, and the services behind it.
/// </summary>
internal sealed class RuntimeStack : AwsStack
{
    public const string Id = StackNames.Runtime;

    private readonly EnvironmentConfig _config;
    private readonly BaseOutputs _base;
    private readonly DeploymentContext _context;

    public RuntimeStack(Construct scope, Deployment deployment, IReadOnlySet<string> published)
        : base(scope, Id, deployment, deployment.Context.Names.StateKey(Id))
    {
        _config = deployment.Config;
        StateBackend.Read(this, BaseStack.Id, deployment, Context.Names.StateKey(BaseStack.Id));
        var outputs = new OutputReader(BaseStack.Id, published);
        _base = BaseOutputs.Exchange(outputs, _config, Context.Names, made: null);
        _context = Context with { KeyArn = _base.KeyArn };

        NetworkOutputs? network = _config.Network.Vpc == VpcSource.None ? null : _base.Network;
        EnvironmentExtensions.AddToRuntime(
            this, _config, new ExtensionScopeProps(_context, network, _config.Observability.LogRetentionDays, _base.AlertTopicArn),
            outputs);

        if (_config.Agents.Count > 0) Agents();
        if (_config.Network.Vpc == VpcSource.None) return;

        IReadOnlyList<ITerraformDependable> egress = Egress();
        if (_config.Services.Count == 0) return;

        PublicLoadBalancer? balancer = _config.Services.Values.Any(service => service.IsListening) ? Balancer() : null;
        var cluster = new Cluster(this, "cluster", new ClusterProps(_context, _config.Observability.ContainerInsights)
        {
            ExecLogGroup = _config.Services.Values.Any(service => service.Exec) ? _context.Names.ExecLogGroup : null,
        });
        var placement = new TaskPlacement(cluster, _base.Network.PrivateSubnetIds, _base.Network.TaskSecurityGroupId) { Egress = egress };
        var services = new RuntimeServices(this, new RuntimeServicesProps
        {
            Context = _context,
            Config = _config,
            Base = _base,
            Placement = placement,
            Balancer = balancer,
        });

        foreach ((string name, QueueConfig queue) in _config.Queues.OrderBy(queue => queue.Key, StringComparer.Ordinal)
            .Where(queue => _config.Services.Values.Any(service => QueueUse.Receives(service.Uses, queue.Key))))
            new QueueAgeAlarm(
                this, $"queue-{name}_oldest-message", new QueueAgeAlarmProps(_context, name, queue, _base.AlertTopicArn));

        Output(RuntimeOutputs.ClusterNameOutput, "ECS cluster.", cluster.Name);
        if (balancer is not null)
        {
            Records(balancer);
            Output(RuntimeOutputs.LoadBalancerDnsNameOutput, "AWS's host name of the load balancer.", balancer.DnsName);
        }
        if (balancer is not null)
            Protect(balancer);
        Discovery(balancer, cluster);
        OneOffTasks(placement, services.Migrations);
        if (_config.Observability.Dashboard)
            Dashboard(cluster, balancer, services);
    }

    /// <summary>Web ACL and alarms of the load balancer.</summary>
    private void Protect(PublicLoadBalancer balancer)
    {
        new LoadBalancerAlarms(this, "alb-alarms", new LoadBalancerAlarmsProps(
            _context, balancer.ArnSuffix, _config.Observability.ServerErrorsPerMinute, _base.AlertTopicArn));
        if (_config.Security.Waf is { } waf)
            new Firewall(this, "waf",
                new FirewallProps(_context, waf, balancer.Arn, _context.Arn("logs", $"log-group:{_context.Names.FirewallLogGroup}")));
    }

    /// <summary>The dashboard, with the alarms of runtime and those of base.</summary>
    private void Dashboard(Cluster cluster, PublicLoadBalancer? balancer, RuntimeServices services)
    {
        DatabaseName[] databases = [.. AllDatabases.Of(_config).Select(database => database.Name)];
        IEnumerable<string> inBase =
        [
            .. databases.SelectMany(DatabaseAlarms.Purposes),
            .. _config.Backup is null ? [] : DailyBackup.AlarmPurposes(_config.Backup),
            .. _config.Schedule is null ? [] : ScheduleDeadLetterQueue.AlarmPurposes,
            .. _config.Queues.Where(queue => queue.Value.DeadLetterQueue).Select(queue => MessageQueue.AlarmPurpose(queue.Key))
                .Order(StringComparer.Ordinal),
        ];
        IEnumerable<string> inRuntime = Node.FindAll()
            .OfType<CloudwatchMetricAlarm>()
            .Select(alarm => alarm.AlarmNameInput!)
            .Order(StringComparer.Ordinal);
        new RuntimeDashboard(this, "dashboard", new RuntimeDashboardProps
        {
            Context = _context,
            Config = _config.Observability,
            ClusterName = cluster.Name,
            LoadBalancerArnSuffix = balancer?.ArnSuffix,
            Services = services.Shown,
            AlarmArns =
                [.. inRuntime.Concat(inBase.Select(purpose => Alarms.NameOf(_context, purpose)))
                    .Select(name => _context.Arn("cloudwatch", $"alarm:{name}"))],
            Databases =
                [.. databases.Select(name => new DashboardDatabase(name.DisplayName, PostgresDatabase.IdentifierOf(_context, name)))],
            WebAclName = balancer is null || _config.Security.Waf is null ? null : Firewall.NameOf(_context),
        });
    }

    private void Agents()
    {
        IReadOnlyDictionary<string, AgentRuntime> made =
            ByName.Each(_config.Agents, (name, config) => new AgentRuntime(this, $"agent-{name}", new AgentRuntimeProps
            {
                Context = _context,
                Agent = name,
                Config = config,
                Base = _base.Agents[name],
                QueueNames = QueueNames.Of(_config, _context.Names),
                LogRetentionDays = _config.Observability.LogRetentionDays,
                Network = config.Network == AgentNetworkMode.Vpc
                ? new AgentNetwork(_base.Network.PrivateSubnetIds, _base.Network.TaskSecurityGroupId)
                : null,
                Users = config.Authorizer == AgentAuthorizer.Cognito ? new AgentUsers(_base.Users!.UserPoolId, _base.Users.ClientId) : null,
                Langfuse = config.Langfuse
                ? new AgentLangfuse(_config.Parameters[LangfuseNames.Host], _config.Parameters[LangfuseNames.PublicKey])
                : null,
            }));
        var tree = new DiscoveryTree(this, "discovery-agents", _context);
        foreach ((string name, AgentRuntime agent) in made)
            tree.Add($"agents/{name}/arn", $"Agent {name}, by ARN; {AgentRuntime.NotThere} before its first release.", agent.Arn);
        Output(RuntimeOutputs.AgentsOutput, "Runtime and versions of agents, by agent.", made.ToDictionary(
            agent => agent.Key, agent => new AgentOutput(agent.Value.Arn, agent.Value.NewestVersion, agent.Value.LiveVersion).Write()));
    }

    private ITerraformDependable[] Egress()
    {
        (NetworkConfig config, NetworkOutputs network) = (_config.Network, _base.Network!);
        IReadOnlyList<ITerraformDependable> nat = config.Nat switch
        {
            NatMode.None => [],
            NatMode.Instance => new NatInstance(this, "nat", new NatInstanceProps
            {
                Context = _context,
                Config = config,
                VpcId = network.VpcId,
                PublicSubnetId = network.PublicSubnetIds[0],
                PrivateRouteTableIds = network.PrivateRouteTableIds,
                AlertTopicArn = _base.AlertTopicArn,
            }).Egress,
            _ => new NatGateways(
                this, "nat", new NatGatewaysProps(_context, config, network.PublicSubnetIds, network.PrivateRouteTableIds)).Routes,
        };
        IReadOnlyList<ITerraformDependable> endpoints = network.EndpointSecurityGroupId is not { } group
            ? []
            : new InterfaceEndpoints(this, "endpoints", new InterfaceEndpointsProps
            {
                Context = _context,
                Services = config.Endpoints,
                VpcId = network.VpcId,
                PrivateSubnetIds = network.PrivateSubnetIds,
                SecurityGroupId = group,
            }).Endpoints;
        return [.. nat, .. endpoints];
    }

    private PublicLoadBalancer Balancer() => new(this, "alb", new PublicLoadBalancerProps
    {
        Context = _context,
        PublicSubnetIds = _base.Network.PublicSubnetIds,
        SecurityGroupId = _base.Network.LoadBalancerSecurityGroupId,
        AccessLogBucket = _base.LoadBalancerLogBucket!,
        CertificateArn = _base.CertificateArn,
        TlsPolicy = _config.Security.TlsPolicy,
        DeletionProtection = _config is { Security.LoadBalancerDeletionProtection: true, Schedule: not { DestroysRuntime: true } }
            && !_context.Disposable,
        Hsts = _config.Security.Hsts,
    });

    /// <summary>One record per host name, however many services share it.</summary>
    private void Records(PublicLoadBalancer balancer)
    {
        if (_config.Domain is null || _base.ZoneId is null) return;
        IEnumerable<ServiceConfig> listening = _config.Services.Values.Where(service => service.IsListening);
        foreach (string host in listening.Select(service => service.Host).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            new AliasRecord(this, host.Length == 0 ? "host" : $"host-{host}", new AliasRecordProps
            {
                ZoneId = _base.ZoneId,
                HostName = HostNames.In(_config.Domain.Name, host),
                TargetName = balancer.DnsName,
                TargetZoneId = balancer.ZoneId,
                EvaluateTargetHealth = true,
                IPv6 = false,
            });
    }

    /// <summary>Discovery parameters of runtime's resources.</summary>
    private void Discovery(PublicLoadBalancer? balancer, Cluster cluster)
    {
        var tree = new DiscoveryTree(this, "discovery", _context);
        tree.Add("cluster", "ECS cluster.", cluster.Name);
        if (balancer is null) return;
        foreach ((string name, ServiceConfig service)
            in _config.Services.Where(s => s.Value.IsListening).OrderBy(s => s.Key, StringComparer.Ordinal))
            tree.Add($"services/{name}/url", $"Where {name} is reached.",
                _config.HostName(service.Host) is { } host
                    ? $"https://{host}"
                    : $"{(_config.Domain is null ? "http" : "https")}://{balancer.DnsName}");
    }

    /// <summary>Outputs that a release needs to run a one-off task: docs/operations.md, "Migrations".</summary>
    private void OneOffTasks(TaskPlacement placement, IReadOnlyDictionary<string, Migration> migrations)
    {
        Output(RuntimeOutputs.TaskSubnetIdsOutput, "Subnets of tasks.", placement.SubnetIds.ToArray());
        Output(RuntimeOutputs.TaskSecurityGroupIdOutput, "Security group of tasks.", placement.SecurityGroupId);
        if (migrations.Count > 0)
            Output(RuntimeOutputs.MigrationsOutput, "Task that a release of the service runs before, by service.", migrations.ToDictionary(
                migration => migration.Key,
                migration => new MigrationOutput(
                    migration.Value.Family, migration.Value.TaskDefinitionArn, Migration.Container,
                    _config.Services[migration.Key].Migration!.TimeoutMinutes).Write()));
    }
}
