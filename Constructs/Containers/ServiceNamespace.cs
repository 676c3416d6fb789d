using Constructs;
using HashiCorp.Cdktf.Providers.Aws.ServiceDiscoveryHttpNamespace;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>The Cloud Map namespace in which services find each other by Service Connect.</summary>
/// <remarks>It costs nothing, and it cannot go while ECS still keeps services in it: so it outlives runtime.</remarks>
internal sealed class ServiceNamespace : Construct
{
    public ServiceNamespace(Construct scope, string id, DeploymentContext context) : base(scope, id) =>
        Arn = new ServiceDiscoveryHttpNamespace(this, "namespace", new ServiceDiscoveryHttpNamespaceConfig
        {
            Name = context.Names.Cluster,
            Description = "Services that call each other by Service Connect",
        }).Named(id).Arn;

    public string Arn { get; }
}
