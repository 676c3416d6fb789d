using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Dns;
using Infra.Constructs.LoadBalancing;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Networking;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>What costs by the hour and can be rebuilt at will: the way out, the load balancer, and the services behind it.</summary>
internal sealed class RuntimeStack : AwsStack
{
    public const string Id = "runtime";

    private readonly EnvironmentConfig _config;
    private readonly BaseOutputs _base;

    public RuntimeStack(Construct scope, Deployment deployment, IReadOnlySet<string> published)
        : base(scope, Id, deployment, deployment.Context.Names.StateKey(Id))
    {
        _config = deployment.Config;
        StateBackend.Read(this, BaseStack.Id, deployment, Context.Names.StateKey(BaseStack.Id));
        _base = BaseOutputs.Exchange(new OutputReader(BaseStack.Id, published), _config, Context.Names, made: null);

        new NatGateways(this, "nat", new NatGatewaysProps(
            Context, _config.Network, _base.Network.PublicSubnetIds, _base.Network.PrivateRouteTableIds));
        if (_config.Services.Count == 0) return;

        var balancer = new PublicLoadBalancer(this, "alb", new PublicLoadBalancerProps(
            Context,
            _base.Network.PublicSubnetIds,
            _base.Network.LoadBalancerSecurityGroupId,
            _base.LoadBalancerLogBucket,
            _base.CertificateArn,
            _config.Security.TlsPolicy,
            DeletionProtection: _config.Security.LoadBalancerDeletionProtection && !Context.Disposable));
        var cluster = new Cluster(this, "cluster", new ClusterProps(Context, _config.Observability.ContainerInsights));

        IReadOnlyDictionary<string, int> priorities = ListenerPriority.Assign(_config.Services);
        foreach ((string name, ServiceConfig service) in _config.Services.OrderBy(s => s.Key, StringComparer.Ordinal))
            Service(name, service, balancer, cluster, priorities[name]);
        Records(balancer);

        Output("load_balancer_dns_name", "AWS's host name of the load balancer.", balancer.DnsName);
        Output("cluster_name", "ECS cluster.", cluster.Name);
    }

    private void Service(string name, ServiceConfig config, PublicLoadBalancer balancer, Cluster cluster, int priority)
    {
        string? host = _config.HostName(config.Host);
        var service = new Service(this, $"service-{name}", new ServiceProps(
            Context,
            config,
            cluster,
            _base.Network.PrivateSubnetIds,
            _base.Network.TaskSecurityGroupId,
            new ServiceTargetProps(
                Context, name, _base.Network.VpcId, balancer.ListenerArn, priority, host, config.Paths,
                config.Port, config.HealthPath, config.DeregistrationDelaySeconds),
            _base.Services[name],
            config.Environment,
            References(config)));
        new ServiceAlarms(this, $"alarms-{name}", new ServiceAlarmsProps(
            Context, name, _config.Observability, cluster.Name, service.Name,
            balancer.ArnSuffix, service.Target.TargetGroupArnSuffix, _base.AlertTopicArn));
    }

    /// <summary>One record for each host, however many services share it.</summary>
    private void Records(PublicLoadBalancer balancer)
    {
        if (_config.Domain is null || _base.ZoneId is null) return;
        foreach (string host in _config.Services.Values.Select(service => service.Host).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            new AliasRecord(this, host.Length == 0 ? "host" : $"host-{host}", new AliasRecordProps(
                _base.ZoneId, HostNames.In(_config.Domain.Name, host), balancer.DnsName, balancer.ZoneId, EvaluateTargetHealth: true, IPv6: false));
    }

    /// <summary>Environment variables that ECS fills from a secret or a parameter, by ARN.</summary>
    private SortedDictionary<string, string> References(ServiceConfig config)
    {
        var references = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string variable, string secret) in config.Secrets)
            references[variable] = _base.SecretArns[secret];
        foreach ((string variable, string parameter) in config.Parameters)
            references[variable] = Context.Arn("ssm", $"parameter{Context.Names.Parameter(parameter)}");
        return references;
    }
}
