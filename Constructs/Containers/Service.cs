using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.EcsService;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.LoadBalancing;
using Infra.Constructs.Monitoring;
using Infra.Contracts;

namespace Infra.Constructs.Containers;

/// <summary>
/// A Fargate service: behind a load balancer, called by other services, or neither. It runs the image whose digest is in the release
/// ledger, and a placeholder before the first release. ECS rolls back a deployment that does not become healthy or that raises the
/// service's alarms.
/// </summary>
internal sealed class Service : Construct
{
    // ECS watches the alarms for some minutes after the last task of the previous version has stopped.
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
            Name = props.Context.Names.Service(name),
            Cluster = placement.Cluster.Arn,
            TaskDefinition = TaskDefinition(props),
            DesiredCount = config.Desired,
            CapacityProviderStrategy = CapacityStrategy.Of(config.Capacity).Select(share =>
                new EcsServiceCapacityProviderStrategy { CapacityProvider = share.Provider, Base = share.Base, Weight = share.Weight })
                    .ToArray(),
            // Otherwise a change of the capacity provider strategy would replace the service, and delete the old one before the new one
            // exists.
            ForceNewDeployment = true,
            PlatformVersion = "LATEST",
            NetworkConfiguration = new EcsServiceNetworkConfiguration
            {
                Subnets = [.. placement.SubnetIds],
                SecurityGroups = [placement.SecurityGroupId],
                AssignPublicIp = false,
            },
            LoadBalancer = props.Target is { } target
                ? new[] { new EcsServiceLoadBalancer
                {
                    TargetGroupArn = target.TargetGroupArn,
                    ContainerName = name,
                    ContainerPort = config.Port!.Value,
                } }
                : null,
            ServiceConnectConfiguration = props.Connection?.Configuration(name, props.Base.LogGroup, props.Context.Region),
            // ECS rejects it for a service without a load balancer.
            HealthCheckGracePeriodSeconds = props.Target is null ? null : config.HealthGraceSeconds,
            DeploymentMinimumHealthyPercent = config.Deployment.MinimumHealthyPercent,
            DeploymentMaximumPercent = config.Deployment.MaximumPercent,
            DeploymentCircuitBreaker = new EcsServiceDeploymentCircuitBreaker { Enable = true, Rollback = true },
            Alarms = alarms.Count == 0
                ? null
                : new EcsServiceAlarms { AlarmNames = [.. alarms.Select(alarm => alarm.Name)], Enable = true, Rollback = true },
            // Rebalancing starts a task in another zone before it stops the old one, so it needs more than 100 percent.
            AvailabilityZoneRebalancing = config.Deployment.MaximumPercent > 100 ? "ENABLED" : "DISABLED",
            EnableExecuteCommand = config.Exec,
            EnableEcsManagedTags = true,
            PropagateTags = "SERVICE",
            WaitForSteadyState = true,
            Timeouts = new EcsServiceTimeouts { Create = LongestDeployment, Update = LongestDeployment },
            DependsOn =
            [
                .. placement.Prerequisites,
                // ECS accepts a target group only if a listener forwards to it.
                .. props.Target is null ? [] : new[] { props.Target.Rule },
                .. alarms.Select(alarm => alarm.Resource),
                // A task only resolves services that existed when it started.
                .. props.Called,
            ],
            Lifecycle = config.Autoscaling is null && !props.TasksByTimetable
                ? null
                : new TerraformResourceLifecycle { IgnoreChanges = new[] { "desired_count" } },
        }).Named(name);
        Resource = service;

        if (config.Autoscaling is not null)
            new ServiceScaling(this, "scaling", new ServiceScalingProps
            {
                Context = props.Context,
                ClusterName = placement.Cluster.Name,
                ServiceName = service.Name,
                Service = name,
                Config = config.Autoscaling,
                ResourceLabel = props.Target?.ResourceLabel,
                QueueNames = props.QueueNames,
                ByTimetable = props.TasksByTimetable,
            });
    }

    /// <summary>Image that it runs, also used by its jobs and its migration.</summary>
    public ReleasedImage Image { get; }

    /// <summary>The ECS service, for dependencies.</summary>
    public ITerraformDependable Resource { get; }

    private string TaskDefinition(ServiceProps props)
    {
        ServiceConfig config = props.Config;
        var own = new ContainerDefinition
        {
            Name = props.Name,
            Image = Image.Image,
            EntryPoint = Image.Enter(config.EntryPoint),
            Command = Image.Serve(config.Port, config.Command),
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
        return new TaskDefinition(this, "task", new TaskDefinitionProps
        {
            LogicalId = props.Name,
            Family = props.Context.Names.Service(props.Name),
            Size = new TaskSize(config.Cpu, config.MemoryMiB, config.Architecture),
            ExecutionRoleArn = props.Base.ExecutionRoleArn,
            TaskRoleArn = props.Base.TaskRoleArn,
            Containers =
                [own, .. config.Sidecars.OrderBy(sidecar => sidecar.Key, StringComparer.Ordinal)
                    .Select(sidecar => SidecarContainer.Of(sidecar.Key, sidecar.Value, props))],
        }).Arn;
    }
}

internal sealed record ServiceProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Name of the service in the environment file.</summary>
    public required string Name { get; init; }

    /// <summary>Size, port, health check, scaling and sidecars.</summary>
    public required ServiceConfig Config { get; init; }

    /// <summary>Where its tasks run.</summary>
    public required TaskPlacement Placement { get; init; }

    /// <summary>Its resources in the base stack.</summary>
    public required ServiceBaseResources Base { get; init; }

    /// <summary>Where its environment variables come from.</summary>
    public required VariableSources Sources { get; init; }

    /// <summary>Names in AWS of the environment's queues. Default: none.</summary>
    public IReadOnlyDictionary<string, string> QueueNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Target group and listener rule of the load balancer; none without a load balancer.</summary>
    public ServiceTarget? Target { get; init; }

    /// <summary>Its Service Connect configuration; none if it neither calls nor is called.</summary>
    public ServiceConnection? Connection { get; init; }

    /// <summary>Alarms that roll back a deployment.</summary>
    public IReadOnlyList<DeploymentAlarm> DeploymentAlarms { get; init; } = [];

    /// <summary>Whether a schedule sets the number of tasks to zero and back, so that Terraform ignores it. Default: false.</summary>
    public bool TasksByTimetable { get; init; }

    /// <summary>Services that it calls, which must be created first.</summary>
    public IReadOnlyList<ITerraformDependable> Called { get; init; } = [];
}

/// <summary>Where tasks run.</summary>
/// <param name="Cluster">Cluster.</param>
/// <param name="SubnetIds">Private subnets.</param>
/// <param name="SecurityGroupId">Their security group.</param>
internal sealed record TaskPlacement(Cluster Cluster, IReadOnlyList<string> SubnetIds, string SecurityGroupId)
{
    /// <summary>
    /// Routes and endpoints through which tasks reach the registry, the logs and everything else outside of their subnets.
    /// </summary>
    public IReadOnlyList<ITerraformDependable> Egress { get; init; } = [];

    /// <summary>
    /// What must exist before a task starts, and until it has stopped: ECS rejects a service whose capacity providers are not associated
    /// with the cluster, and a task that cannot pull its image fails the deployment. No attribute of the service refers to either.
    /// </summary>
    public IEnumerable<ITerraformDependable> Prerequisites => [Cluster.CapacityProviders, .. Egress];
}
