using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.VpcEndpoint;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Networking;

/// <summary>
/// Interface endpoints of AWS services with private DNS: private subnets reach these services without internet access. Each is charged per
/// hour and zone, so they are in the runtime stack.
/// </summary>
internal sealed class InterfaceEndpoints : Construct
{
    public InterfaceEndpoints(Construct scope, string id, InterfaceEndpointsProps props) : base(scope, id)
    {
        string[] subnets = [.. props.PrivateSubnetIds];
        string[] groups = [props.SecurityGroupId];
        string policy = OfTheAccount(props.Context).ToJson();
        var endpoints = new List<ITerraformDependable>();
        foreach (string service in props.Services.Order(StringComparer.Ordinal))
        {
            string name = $"endpoint-{service.Replace('.', '-')}";
            endpoints.Add(new VpcEndpoint(this, name, new VpcEndpointConfig
            {
                VpcId = props.VpcId,
                ServiceName = $"com.amazonaws.{props.Context.Region}.{service}",
                VpcEndpointType = "Interface",
                SubnetIds = subnets,
                SecurityGroupIds = groups,
                PrivateDnsEnabled = true,
                Policy = policy,
                Tags = props.Context.NameTag(name),
            }).Named(name));
        }
        Endpoints = endpoints;
    }

    /// <summary>The endpoints; resources that call those services depend on them.</summary>
    public IReadOnlyList<ITerraformDependable> Endpoints { get; }

    // Credentials of another account cannot be used to send data out through the endpoint. What this account's principals may do is up to
    // their roles.
    // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    private static PolicyDocument OfTheAccount(DeploymentContext context) => new(new Statement
    {
        Sid = "OfTheAccount",
        Principal = Principal.Everyone,
        Actions = ["*"],
        Resources = ["*"],
        Conditions = [new Condition("StringEquals", "aws:PrincipalAccount", context.Account)],
    });
}

internal sealed record InterfaceEndpointsProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>AWS services, as in endpoint names: <c>ecr.api</c>.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>VPC of the endpoints.</summary>
    public required string VpcId { get; init; }

    /// <summary>One subnet for each zone.</summary>
    public required IReadOnlyList<string> PrivateSubnetIds { get; init; }

    /// <summary>Security group <c>endpoints-sg</c>.</summary>
    public required string SecurityGroupId { get; init; }
}
