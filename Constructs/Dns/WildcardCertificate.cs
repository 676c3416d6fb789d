using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.AcmCertificate;
using HashiCorp.Cdktf.Providers.Aws.AcmCertificateValidation;
using HashiCorp.Cdktf.Providers.Aws.Route53Record;
using Infra.Constructs.Foundation;
using Infra.Contracts;

namespace Infra.Constructs.Dns;

/// <summary>
/// An ACM certificate for a domain and every host in it, validated by DNS. With a zone the validation record is created here; without a
/// zone it is an output, and Terraform waits until the operator has created it.
/// </summary>
internal sealed class WildcardCertificate : Construct
{
    public WildcardCertificate(Construct scope, string id, WildcardCertificateProps props) : base(scope, id)
    {
        AcmCertificate certificate = new AcmCertificate(this, "certificate", new AcmCertificateConfig
        {
            Provider = props.Provider,
            DomainName = props.DomainName,
            SubjectAlternativeNames = [$"*.{props.DomainName}"],
            ValidationMethod = "DNS",
            Tags = props.Context.NameTag(id),
            Lifecycle = new TerraformResourceLifecycle
            {
                CreateBeforeDestroy = true,
                PreventDestroy = props.Context.Disposable ? null : true,
            },
        }).Named(id);

        // A domain and its wildcard share one validation record, and so do certificates in several Regions.
        AcmCertificateDomainValidationOptionsOutputReference option = certificate.DomainValidationOptions.Get(0);
        Validation = new CertificateValidationRecord(option.ResourceRecordName, option.ResourceRecordType, option.ResourceRecordValue);

        string? fqdn = props.ZoneId is null ? null : new Route53Record(this, "record", new Route53RecordConfig
        {
            ZoneId = props.ZoneId,
            Name = Validation.Name,
            Type = Validation.Type,
            Records = [Validation.Value],
            Ttl = 300,
            AllowOverwrite = true,
        }).Named($"{id}-validation").Fqdn;

        Arn = new AcmCertificateValidation(this, "validation", new AcmCertificateValidationConfig
        {
            Provider = props.Provider,
            CertificateArn = certificate.Arn,
            ValidationRecordFqdns = fqdn is null ? null : [fqdn],
            // The provider's default. ACM itself checks for the record for 72 hours: run a deployment again if it times out before.
            // https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html
            Timeouts = new AcmCertificateValidationTimeouts { Create = "75m" },
        }).Named(id).CertificateArn;
    }

    /// <summary>ARN, available after the certificate is issued.</summary>
    public string Arn { get; }

    /// <summary>DNS record that proves ownership of the domain.</summary>
    public CertificateValidationRecord Validation { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="DomainName">Domain; the certificate is valid for it and for every host in it.</param>
/// <param name="ZoneId">Zone that gets the validation record; none where another certificate of the domain has created it, or where DNS is
/// hosted elsewhere.</param>
/// <param name="Provider">Provider of the certificate's Region; none means the environment's Region.</param>
internal sealed record WildcardCertificateProps(
    DeploymentContext Context,
    string DomainName,
    string? ZoneId,
    TerraformProvider? Provider = null);
