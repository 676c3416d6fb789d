using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.DataAwsSsmParameter;
using HashiCorp.Cdktf.Providers.Aws.EcsService;
using HashiCorp.Cdktf.Providers.Aws.EcsTaskDefinition;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.LoadBalancing;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>
/// A Fargate service behind a load balancer. It runs the image whose digest stands in the release ledger, and a placeholder
/// before the first release. A deployment that does not become healthy is rolled back by ECS itself.
/// </summary>
internal sealed class Service : Construct
{
    public Service(Construct scope, string id, ServiceProps props) : base(scope, id)
    {
        ServiceConfig config = props.Config;
        string name = props.Target.Service;
        Target = new ServiceTarget(this, "target", props.Target);
        Name = props.Context.Names.For(NameRule.Ecs, name);

        EcsService service = new EcsService(this, "service", new EcsServiceConfig
        {
            Name = Name,
            Cluster = props.Cluster.Arn,
            TaskDefinition = TaskDefinition(name, props),
            DesiredCount = config.Desired,
            CapacityProviderStrategy = new[] { new EcsServiceCapacityProviderStrategy { CapacityProvider = "FARGATE", Base = 0, Weight = 1 } },
            PlatformVersion = "LATEST",
            NetworkConfiguration = new EcsServiceNetworkConfiguration
            {
                Subnets = [.. props.PrivateSubnetIds],
                SecurityGroups = [props.SecurityGroupId],
                AssignPublicIp = false,
            },
            LoadBalancer = new[]
            {
                new EcsServiceLoadBalancer { TargetGroupArn = Target.TargetGroupArn, ContainerName = name, ContainerPort = config.Port },
            },
            HealthCheckGracePeriodSeconds = config.HealthGraceSeconds,
            DeploymentMinimumHealthyPercent = 100,
            DeploymentMaximumPercent = 200,
            DeploymentCircuitBreaker = new EcsServiceDeploymentCircuitBreaker { Enable = true, Rollback = true },
            AvailabilityZoneRebalancing = "ENABLED",
            EnableExecuteCommand = config.Exec,
            EnableEcsManagedTags = true,
            PropagateTags = "SERVICE",
            WaitForSteadyState = true,
            Timeouts = new EcsServiceTimeouts { Create = "10m", Update = "10m" },
            // ECS takes targets only from a group that a listener leads to.
            DependsOn = [Target.Rule],
            Lifecycle = config.Autoscaling is null ? null : new TerraformResourceLifecycle { IgnoreChanges = new[] { "desired_count" } },
        }).Named(name);

        if (config.Autoscaling is not null)
            new ServiceScaling(this, "scaling", new ServiceScalingProps(props.Context, props.Cluster.Name, service.Name, name, config.Autoscaling));
    }

    /// <summary>Name of the ECS service.</summary>
    public string Name { get; }

    public ServiceTarget Target { get; }

    private string TaskDefinition(string name, ServiceProps props)
    {
        ServiceConfig config = props.Config;
        string ledger = $"release_{name}";
        new DataAwsSsmParameter(this, "release", new DataAwsSsmParameterConfig { Name = props.Base.ReleaseParameter }).Named(ledger);
        // insecure_value, because a digest is no secret and a plan should show it.
        string digest = $"data.aws_ssm_parameter.{ledger}.insecure_value";

        return new EcsTaskDefinition(this, "task", new EcsTaskDefinitionConfig
        {
            Family = Name,
            RequiresCompatibilities = ["FARGATE"],
            NetworkMode = "awsvpc",
            Cpu = config.Cpu.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Memory = config.MemoryMiB.ToString(System.Globalization.CultureInfo.InvariantCulture),
            RuntimePlatform = new EcsTaskDefinitionRuntimePlatform
            {
                OperatingSystemFamily = "LINUX",
                CpuArchitecture = config.Architecture.ToUpperInvariant(),
            },
            ExecutionRoleArn = props.Base.ExecutionRoleArn,
            TaskRoleArn = props.Base.TaskRoleArn,
            Volume = new[] { new EcsTaskDefinitionVolume { Name = ContainerDefinition.ScratchVolume } },
            ContainerDefinitions = new ContainerDefinition
            {
                Name = name,
                ImageExpression = PlaceholderImage.Image(digest, props.Base.RepositoryUrl),
                CommandExpression = PlaceholderImage.Command(digest, config.Port),
                Port = config.Port,
                User = config.User,
                LogGroup = props.Base.LogGroup,
                Region = props.Context.Region,
                Environment = props.Environment,
                Secrets = props.Secrets,
            }.ToJson(),
        }).Named(name).Arn;
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Size, port, health check and scaling.</param>
/// <param name="Cluster">Cluster that it runs in.</param>
/// <param name="PrivateSubnetIds">Subnets of its tasks.</param>
/// <param name="SecurityGroupId">Security group of its tasks.</param>
/// <param name="Target">How the load balancer leads to it.</param>
/// <param name="Base">Its part of the base stack.</param>
/// <param name="Environment">Plain environment variables.</param>
/// <param name="Secrets">Environment variables by ARN of a secret or a parameter.</param>
internal sealed record ServiceProps(
    DeploymentContext Context,
    ServiceConfig Config,
    Cluster Cluster,
    IReadOnlyList<string> PrivateSubnetIds,
    string SecurityGroupId,
    ServiceTargetProps Target,
    ServiceInBase Base,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Secrets);
