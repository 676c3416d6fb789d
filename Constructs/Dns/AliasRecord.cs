using Constructs;
using HashiCorp.Cdktf.Providers.Aws.Route53Record;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Dns;

/// <summary>A host name that points to a load balancer or a CloudFront distribution, for IPv4 and optionally IPv6.</summary>
internal sealed class AliasRecord : Construct
{
    public AliasRecord(Construct scope, string id, AliasRecordProps props) : base(scope, id)
    {
        foreach (string type in props.IPv6 ? new[] { "A", "AAAA" } : ["A"])
            new Route53Record(this, type, new Route53RecordConfig
            {
                ZoneId = props.ZoneId,
                Name = props.HostName,
                Type = type,
                Alias = new Route53RecordAlias
                {
                    Name = props.TargetName,
                    ZoneId = props.TargetZoneId,
                    EvaluateTargetHealth = props.EvaluateTargetHealth,
                },
            }).Named(type == "A" ? id : $"{id}_ipv6");
    }
}

internal sealed record AliasRecordProps
{
    /// <summary>Zone of the domain.</summary>
    public required string ZoneId { get; init; }

    /// <summary>Full host name: <c>api.example.com</c>.</summary>
    public required string HostName { get; init; }

    /// <summary>DNS name of the target.</summary>
    public required string TargetName { get; init; }

    /// <summary>AWS's hosted zone of the target.</summary>
    public required string TargetZoneId { get; init; }

    /// <summary>Whether DNS answers omit an unhealthy target; CloudFront does not allow it.</summary>
    public required bool EvaluateTargetHealth { get; init; }

    /// <summary>Whether the target has IPv6 addresses.</summary>
    public required bool IPv6 { get; init; }
}
