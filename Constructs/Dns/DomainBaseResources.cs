using Constructs;
using HashiCorp.Cdktf;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Contracts;

namespace Infra.Constructs.Dns;

/// <summary>
/// Resources of a domain that take long to create or must not be lost: its zone, and its certificates for the environment's Region and for
/// CloudFront.
/// </summary>
internal sealed class DomainBaseResources : Construct
{
    private readonly bool _ownsDns;

    public DomainBaseResources(Construct scope, string id, DomainBaseResourcesProps props) : base(scope, id)
    {
        _ownsDns = props.Domain.Zone != ZoneSource.None;
        if (_ownsDns)
        {
            var zone = new HostedZone(this, "zone", new HostedZoneProps(props.Context, props.Domain));
            ZoneId = zone.ZoneId;
            NameServers = zone.NameServers;
        }

        var regional = new WildcardCertificate(this, "certificate", new WildcardCertificateProps(props.Context, props.Domain.Name, ZoneId));
        CertificateArn = regional.Arn;
        Validation = _ownsDns ? null : regional.Validation;
        GlobalCertificateArn = props.Global is null
            ? regional.Arn
            : new WildcardCertificate(this, "certificate-global", new WildcardCertificateProps(
                props.Context, props.Domain.Name, ZoneId: null, props.Global)).Arn;
    }

    /// <summary>The zone; none where DNS is hosted elsewhere.</summary>
    public string? ZoneId { get; }

    /// <summary>Name servers to enter at the registrar; none where no zone was created.</summary>
    public IReadOnlyList<string>? NameServers { get; }

    /// <summary>Issued certificate in the environment's region.</summary>
    public string CertificateArn { get; }

    /// <summary>Issued certificate in us-east-1, which CloudFront requires.</summary>
    public string GlobalCertificateArn { get; }

    /// <summary>DNS record that an operator must create; none where it was created here.</summary>
    public CertificateValidationRecord? Validation { get; }

    /// <summary>Creates alias records from a host name to CloudFront; does nothing where DNS is hosted elsewhere.</summary>
    public void Alias(string id, string host, string targetName, string targetZoneId)
    {
        if (_ownsDns)
            new AliasRecord(this, id, new AliasRecordProps
            {
                ZoneId = ZoneId!,
                HostName = host,
                TargetName = targetName,
                TargetZoneId = targetZoneId,
                EvaluateTargetHealth = false,
                IPv6 = true,
            });
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Global">Provider of us-east-1; none where the environment is in us-east-1.</param>
internal sealed record DomainBaseResourcesProps(DeploymentContext Context, DomainConfig Domain, TerraformProvider? Global);
