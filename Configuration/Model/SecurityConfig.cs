using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>Secure defaults; change them only for a reason.</summary>
public sealed record SecurityConfig
{
    [Description("TLS policy of the load balancer's HTTPS listener.")]
    [AllowedValues("ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "ELBSecurityPolicy-TLS13-1-3-2021-06")]
    public string TlsPolicy { get; init; } = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    [Description(
        "Strict-Transport-Security, the response header of sites and of services behind the load balancer that makes browsers use HTTPS "
            + "only.")]
    public HstsConfig Hsts { get; init; } = new();

    [Description(
        "Whether a production environment without a domain may serve everyone (0.0.0.0/0) over plain HTTP, which can be read and "
            + "changed in transit.")]
    public bool AllowPlainHttp { get; init; }

    [Description("CIDR blocks that can reach the load balancer; 0.0.0.0/0 is everyone.")]
    [MinLength(1)]
    public IReadOnlyList<string> IngressCidrs { get; init; } = ["0.0.0.0/0"];

    [Description(
        "Encryption keys of all encrypted resources. aws: AWS's own keys, free of charge. customer: one customer managed KMS key of the "
            + "environment, rotated every year, whose use your account controls and CloudTrail records. Existing databases and "
                + "repositories cannot change their key: they are replaced.")]
    public EncryptionKey Encryption { get; init; } = EncryptionKey.Aws;

    [Description("Account-wide security settings; environments of one project and account must have the same values.")]
    public AccountSecurityConfig Account { get; init; } = new();

    [Description(
        "Whether the load balancer has deletion protection. Turn it off if a schedule destroys and recreates runtime. Off in disposable "
            + "environments.")]
    public bool LoadBalancerDeletionProtection { get; init; } = true;

    [Description("AWS WAF web ACL of the load balancer; none without this section.")]
    public WafConfig? Waf { get; init; }
}

/// <summary>Keys that encrypt data at rest.</summary>
public enum EncryptionKey { Aws, Customer }
