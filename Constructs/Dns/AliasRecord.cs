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

/// <param name="ZoneId">Zone of the domain.</param>
/// <param name="HostName">Full host name: <c>api.example.com</c>.</param>
/// <param name="TargetName">DNS name of the target.</param>
/// <param name="TargetZoneId">AWS's hosted zone of the target.</param>
/// <param name="EvaluateTargetHealth">Whether DNS answers omit an unhealthy target; CloudFront does not allow it.</param>
/// <param name="IPv6">Whether the target has IPv6 addresses.</param>
internal sealed record AliasRecordProps(
    string ZoneId,
    string HostName,
    string TargetName,
    string TargetZoneId,
    bool EvaluateTargetHealth,
    bool IPv6);
