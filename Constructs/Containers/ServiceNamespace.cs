using Constructs;
using HashiCorp.Cdktf.Providers.Aws.ServiceDiscoveryHttpNamespace;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>The Cloud Map namespace in which services find each other by Service Connect.</summary>
/// <remarks>
/// It is free of charge, and it cannot be deleted while ECS still registers services in it: so it is part of base and not of runtime.
/// </remarks>
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
