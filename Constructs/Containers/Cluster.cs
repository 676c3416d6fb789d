using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.EcsCluster;
using HashiCorp.Cdktf.Providers.Aws.EcsClusterCapacityProviders;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>An ECS cluster on Fargate, with Container Insights.</summary>
internal sealed class Cluster : Construct
{
    public Cluster(Construct scope, string id, ClusterProps props) : base(scope, id)
    {
        Name = props.Context.Names.Cluster;
        EcsCluster cluster = new EcsCluster(this, "cluster", new EcsClusterConfig
        {
            Name = Name,
            Configuration = Configuration(props),
            Setting = new[] { new EcsClusterSetting { Name = "containerInsights", Value = props.ContainerInsights.Text() } },
        }).Named(id);
        Arn = cluster.Arn;

        CapacityProviders = new EcsClusterCapacityProviders(this, "capacity", new EcsClusterCapacityProvidersConfig
        {
            ClusterName = cluster.Name,
            CapacityProviders = ["FARGATE", "FARGATE_SPOT"],
            DefaultCapacityProviderStrategy = new[]
            {
                new EcsClusterCapacityProvidersDefaultCapacityProviderStrategy { CapacityProvider = "FARGATE", Base = 0, Weight = 1 },
            },
        }).Named(id);
    }

    public string Arn { get; }

    public string Name { get; }

    /// <summary>The cluster's capacity providers; no task can start before they are associated.</summary>
    public ITerraformDependable CapacityProviders { get; }

    // ECS Exec sessions are logged, and encrypted with the same key as the ephemeral storage of tasks.
    private static EcsClusterConfiguration? Configuration(ClusterProps props)
    {
        string? key = props.Context.KeyArn;
        if (key is null && props.ExecLogGroup is null) return null;
        return new EcsClusterConfiguration
        {
            ExecuteCommandConfiguration = new EcsClusterConfigurationExecuteCommandConfiguration
            {
                KmsKeyId = key,
                Logging = props.ExecLogGroup is null ? "DEFAULT" : "OVERRIDE",
                LogConfiguration = props.ExecLogGroup is null
                    ? null
                    : new EcsClusterConfigurationExecuteCommandConfigurationLogConfiguration
                    {
                        CloudWatchLogGroupName = props.ExecLogGroup,
                        // ECS checks whether the log group has a key, and refuses this setting if it has none.
                        CloudWatchEncryptionEnabled = key is not null,
                    },
            },
            ManagedStorageConfiguration = key is null ? null : new EcsClusterConfigurationManagedStorageConfiguration
            {
                KmsKeyId = key,
                FargateEphemeralStorageKmsKeyId = key,
            },
        };
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="ContainerInsights">Container Insights of the cluster.</param>
internal sealed record ClusterProps(DeploymentContext Context, ContainerInsights ContainerInsights)
{
    /// <summary>Log group of ECS Exec sessions; none where no service enables ECS Exec.</summary>
    public string? ExecLogGroup { get; init; }
}
