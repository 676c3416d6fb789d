using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.EcsService;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.LoadBalancing;
using Infra.Constructs.Monitoring;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>
/// A Fargate service: behind a load balancer, called by other services, or neither. It runs the image whose digest stands in the
/// release ledger, and a placeholder before the first release. A deployment that does not become healthy, or after which the
/// service's alarms go off, is rolled back by ECS itself.
/// </summary>
internal sealed class Service : Construct
{
    // ECS watches the alarms for some minutes after the last task of the version before is gone.
    private const string LongestDeployment = "15m";

    public Service(Construct scope, string id, ServiceProps props) : base(scope, id)
    {
        ServiceConfig config = props.Config;
        string name = props.Name;
        Image = new ReleasedImage(this, "image", new ReleasedImageProps(name, props.Base));
        TaskPlacement placement = props.Placement;
        IReadOnlyList<DeploymentAlarm> alarms = config.Deployment.RollbackOnAlarm ? props.DeploymentAlarms : [];

        EcsService service = new EcsService(this, "service", new EcsServiceConfig
        {
            Name = props.Context.Names.For(NameRule.Ecs, name),
            Cluster = placement.Cluster.Arn,
            TaskDefinition = TaskDefinition(props),
            DesiredCount = config.Desired,
            CapacityProviderStrategy = CapacityStrategy.Of(config.Capacity).Select(share =>
                new EcsServiceCapacityProviderStrategy { CapacityProvider = share.Provider, Base = share.Base, Weight = share.Weight }).ToArray(),
            // Without, another strategy would be another service, and the old one gone before it is there.
            ForceNewDeployment = true,
            PlatformVersion = "LATEST",
            NetworkConfiguration = new EcsServiceNetworkConfiguration
            {
                Subnets = [.. placement.SubnetIds],
                SecurityGroups = [placement.SecurityGroupId],
                AssignPublicIp = false,
            },
            LoadBalancer = props.Target is { } target
                ? new[] { new EcsServiceLoadBalancer { TargetGroupArn = target.TargetGroupArn, ContainerName = name, ContainerPort = config.Port!.Value } }
                : null,
            ServiceConnectConfiguration = props.Connection?.Configuration(name, props.Base.LogGroup, props.Context.Region),
            // ECS refuses it where no load balancer asks.
            HealthCheckGracePeriodSeconds = props.Target is null ? null : config.HealthGraceSeconds,
            DeploymentMinimumHealthyPercent = config.Deployment.MinimumHealthyPercent,
            DeploymentMaximumPercent = config.Deployment.MaximumPercent,
            DeploymentCircuitBreaker = new EcsServiceDeploymentCircuitBreaker { Enable = true, Rollback = true },
            Alarms = alarms.Count == 0
                ? null
                : new EcsServiceAlarms { AlarmNames = [.. alarms.Select(alarm => alarm.Name)], Enable = true, Rollback = true },
            // Moving a task to another zone takes one more for a while.
            AvailabilityZoneRebalancing = config.Deployment.MaximumPercent > 100 ? "ENABLED" : "DISABLED",
            EnableExecuteCommand = config.Exec,
            EnableEcsManagedTags = true,
            PropagateTags = "SERVICE",
            WaitForSteadyState = true,
            Timeouts = new EcsServiceTimeouts { Create = LongestDeployment, Update = LongestDeployment },
            DependsOn =
            [
                .. placement.Prerequisites,
                // ECS takes targets only from a group that a listener leads to.
                .. props.Target is null ? [] : new[] { props.Target.Rule },
                .. alarms.Select(alarm => alarm.Resource),
                // A task finds services that were there when it started.
                .. props.Called,
            ],
            Lifecycle = config.Autoscaling is null && !props.TasksByTimetable ? null : new TerraformResourceLifecycle { IgnoreChanges = new[] { "desired_count" } },
        }).Named(name);
        Resource = service;

        if (config.Autoscaling is not null)
            new ServiceScaling(this, "scaling", new ServiceScalingProps(
                props.Context, placement.Cluster.Name, service.Name, name, config.Autoscaling, props.Target?.ResourceLabel)
            {
                ByTimetable = props.TasksByTimetable,
            });
    }

    /// <summary>Image that it runs, for its jobs and its migration.</summary>
    public ReleasedImage Image { get; }

    /// <summary>The service, for what must come after it.</summary>
    public ITerraformDependable Resource { get; }

    private string TaskDefinition(ServiceProps props)
    {
        ServiceConfig config = props.Config;
        var own = new ContainerDefinition
        {
            Name = props.Name,
            Image = Image.Image,
            Command = Image.Serve(config.Port),
            Port = config.Port,
            User = config.User,
            ReadOnlyRoot = config.ReadOnlyRoot,
            TmpMiB = config.TmpMiB,
            Exec = config.Exec,
            Health = Image.Check(ContainerDefinition.HealthCheck(config.HealthCommand, config.HealthGraceSeconds)),
            DependsOn = config.DependsOn,
            LogGroup = props.Base.LogGroup,
            Region = props.Context.Region,
            Variables = props.Sources.Of(config),
        };
        return new TaskDefinition(this, "task", new TaskDefinitionProps(
            props.Name,
            props.Context.Names.For(NameRule.Ecs, props.Name),
            new TaskSize(config.Cpu, config.MemoryMiB, config.Architecture),
            props.Base.ExecutionRoleArn,
            props.Base.TaskRoleArn,
            [own, .. config.Sidecars.OrderBy(sidecar => sidecar.Key, StringComparer.Ordinal).Select(sidecar => SidecarContainer.Of(sidecar.Key, sidecar.Value, props))])).Arn;
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name of the service in the environment file.</param>
/// <param name="Config">Size, port, health check, scaling and what stands beside it.</param>
/// <param name="Placement">Where its tasks run.</param>
/// <param name="Base">Its part of the base stack.</param>
/// <param name="Sources">Where its environment variables come from.</param>
internal sealed record ServiceProps(
    DeploymentContext Context,
    string Name,
    ServiceConfig Config,
    TaskPlacement Placement,
    ServiceBaseResources Base,
    VariableSources Sources)
{
    /// <summary>How the load balancer leads to it; none where it does not.</summary>
    public ServiceTarget? Target { get; init; }

    /// <summary>Its part in Service Connect; none where it neither calls nor is called.</summary>
    public ServiceConnection? Connection { get; init; }

    /// <summary>Alarms that take a deployment back.</summary>
    public IReadOnlyList<DeploymentAlarm> DeploymentAlarms { get; init; } = [];

    /// <summary>Whether a schedule takes its tasks away and gives them back, so that Terraform leaves their number alone. Default: no.</summary>
    public bool TasksByTimetable { get; init; }

    /// <summary>Services that it calls, which have to be there before.</summary>
    public IReadOnlyList<ITerraformDependable> Called { get; init; } = [];
}

/// <summary>Where tasks run.</summary>
/// <param name="Cluster">Cluster.</param>
/// <param name="SubnetIds">Private subnets.</param>
/// <param name="SecurityGroupId">Their security group.</param>
internal sealed record TaskPlacement(Cluster Cluster, IReadOnlyList<string> SubnetIds, string SecurityGroupId)
{
    /// <summary>Routes and endpoints by which tasks reach the registry, the logs and everything else outside of their subnets.</summary>
    public IReadOnlyList<ITerraformDependable> Egress { get; init; } = [];

    /// <summary>
    /// What has to be there before a task starts, and stays until it has stopped: ECS refuses a service whose capacity providers the
    /// cluster does not have, and a task that cannot pull its image fails the deployment. Nothing of a service refers to either.
    /// </summary>
    public IEnumerable<ITerraformDependable> Prerequisites => [Cluster.CapacityProviders, .. Egress];
}
