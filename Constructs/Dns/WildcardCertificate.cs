using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.AcmCertificate;
using HashiCorp.Cdktf.Providers.Aws.AcmCertificateValidation;
using HashiCorp.Cdktf.Providers.Aws.Route53Record;
using Infra.Constructs.Foundation;
using Infra.Contracts;

namespace Infra.Constructs.Dns;

/// <summary>
/// An ACM certificate for a domain and every host in it, validated by DNS. With a zone the validation record is made here;
/// without one it is an output, and Terraform waits until somebody has entered it.
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

        // A domain and its wildcard share one validation record, and so do certificates of several regions.
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
            // The provider's own default. ACM itself looks for the record for 72 hours: a deployment that ends before is run again.
            // https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html
            Timeouts = new AcmCertificateValidationTimeouts { Create = "75m" },
        }).Named(id).CertificateArn;
    }

    /// <summary>ARN, known once the certificate is issued.</summary>
    public string Arn { get; }

    /// <summary>DNS record that proves the domain is ours.</summary>
    public CertificateValidationRecord Validation { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="DomainName">Domain; the certificate is for it and for every host in it.</param>
/// <param name="ZoneId">Zone that gets the validation record; none where another certificate of the domain has put it there, or where DNS lives elsewhere.</param>
/// <param name="Provider">Provider of the region that the certificate is for; none means the environment's region.</param>
internal sealed record WildcardCertificateProps(
    DeploymentContext Context,
    string DomainName,
    string? ZoneId,
    TerraformProvider? Provider = null);
