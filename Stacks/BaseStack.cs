using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Encryption;
using Infra.Constructs.Extensions;
using Infra.Constructs.Foundation;
using Infra.Constructs.Schedules;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>
/// Resources that are slow to create or hold data: network, DNS and certificates, images, data, identity, secrets, and the roles of
/// applications.
/// </summary>
internal sealed class BaseStack : AwsStack
{
    public const string Id = StackNames.Base;

    public BaseStack(Construct scope, Deployment deployment)
        : base(scope, Id, deployment, deployment.Context.Names.StateKey(Id))
    {
        EnvironmentConfig config = deployment.Config;
        DeploymentContext context = Encrypted(config);
        var parts = new BaseScope(this, context, config);

        BaseNetwork? network = BaseNetwork.Of(parts);
        var monitoring = new BaseMonitoring(parts);
        var sites = new BaseSites(parts, monitoring.AccessLogs);
        var data = new BaseData(parts, network, monitoring);
        var identity = new BaseIdentity(parts, data.Databases);
        var services = new BaseServices(parts, data, identity);
        new BaseRecovery(parts, monitoring.Alerts, data, services);
        if (config.Schedule is { } schedule)
            new EnvironmentSchedule(this, "schedule", new EnvironmentScheduleProps
            {
                Context = context,
                Schedule = schedule,
                Services = ScaledServices(config),
                AccessLogs = monitoring.AccessLogs,
                Topic = monitoring.Alerts,
                LogRetentionDays = parts.LogRetentionDays,
            });
        new BaseDelivery(parts, monitoring.AccessLogs, data, sites, services);
        new BaseDiscovery(parts, monitoring.Alerts, data, sites, services);

        sites.WriteOutputs();
        data.WriteOutputs();
        var outputs = new OutputWriter(this);
        EnvironmentExtensions.AddToBase(
            this, config, new ExtensionScopeProps(context, network?.Outputs, parts.LogRetentionDays, monitoring.Alerts.Arn), outputs);
        BaseOutputs.Exchange(outputs, config, context.Names, new BaseOutputs
        {
            Network = network?.Outputs,
            CertificateArn = sites.Domain?.CertificateArn,
            ZoneId = sites.Domain?.ZoneId,
            LoadBalancerLogBucket = monitoring.LoadBalancerLogs?.Outputs.Name,
            KeyArn = context.KeyArn,
            AlertTopicArn = monitoring.Alerts.Arn,
            NamespaceArn = services.NamespaceArn,
            Services = services.Services,
            Agents = services.Agents,
            Users = identity.Users is not { } users ? null : new UserPoolIdentity(users.UserPoolId, users.ClientId),
            SecretArns = identity.SecretArns,
        });
        Published = outputs.Names;
    }

    /// <summary>Names of the outputs that runtime may read.</summary>
    public IReadOnlySet<string> Published { get; }

    /// <summary>The deployment, with the environment's own key where it has one.</summary>
    private DeploymentContext Encrypted(EnvironmentConfig config) => config.Security.Encryption != EncryptionKey.Customer
        ? Context
        : Context with { KeyArn = new EnvironmentKey(this, "key", new EnvironmentKeyProps(Context)).Arn };

    private ScaledService[] ScaledServices(EnvironmentConfig config) =>
    [
        .. config.Services.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service => new ScaledService(
            Context.Names.Cluster, Context.Names.Service(service.Key), service.Value.Desired,
            service.Value.Autoscaling is { } scaling ? (scaling.Min, scaling.Max) : null)),
    ];
}
