using Constructs;
using HashiCorp.Cdktf.Providers.Aws.EcsCluster;
using HashiCorp.Cdktf.Providers.Aws.EcsClusterCapacityProviders;
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
            Setting = new[] { new EcsClusterSetting { Name = "containerInsights", Value = props.ContainerInsights } },
        }).Named(id);
        Arn = cluster.Arn;

        new EcsClusterCapacityProviders(this, "capacity", new EcsClusterCapacityProvidersConfig
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
}

/// <param name="Context">The deployment.</param>
/// <param name="ContainerInsights">enabled, enhanced or disabled.</param>
internal sealed record ClusterProps(DeploymentContext Context, string ContainerInsights);
