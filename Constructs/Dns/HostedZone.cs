using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DataAwsRoute53Zone;
using HashiCorp.Cdktf.Providers.Aws.Route53Zone;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Dns;

/// <summary>The domain's Route 53 zone: created here, or looked up if it exists already.</summary>
internal sealed class HostedZone : Construct
{
    public HostedZone(Construct scope, string id, HostedZoneProps props) : base(scope, id)
    {
        if (props.Domain.Zone == ZoneSource.Existing)
        {
            ZoneId = new DataAwsRoute53Zone(this, "zone", new DataAwsRoute53ZoneConfig
            {
                Name = props.Domain.Name,
                PrivateZone = false,
            }).Named("zone").ZoneId;
            return;
        }

        Route53Zone zone = new Route53Zone(this, "zone", new Route53ZoneConfig
        {
            Name = props.Domain.Name,
            Comment = $"{props.Context.Names.Project} {props.Context.Names.Environment}",
            ForceDestroy = props.Context.Disposable,
            Lifecycle = props.Context.PreventDestroy(),
        }).Named("zone");
        ZoneId = zone.ZoneId;
        NameServers = zone.NameServers;
    }

    public string ZoneId { get; }

    /// <summary>Name servers to enter at the domain's registrar; none where the zone existed already.</summary>
    public IReadOnlyList<string>? NameServers { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Domain">The domain; its zone setting is create or existing.</param>
internal sealed record HostedZoneProps(DeploymentContext Context, DomainConfig Domain);
