using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>Defaults that only a user with a reason turns off.</summary>
public sealed record SecurityConfig
{
    [Description("TLS policy of the load balancer's HTTPS listener.")]
    [AllowedValues("ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "ELBSecurityPolicy-TLS13-1-3-2021-06")]
    public string TlsPolicy { get; init; } = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    [Description("Strict-Transport-Security, the header of services behind the load balancer and of sites that has browsers use HTTPS only.")]
    public HstsConfig Hsts { get; init; } = new();

    [Description("Whether a production environment without a domain may serve everyone (0.0.0.0/0) by plain HTTP, which everybody on the way can read and change.")]
    public bool AllowPlainHttp { get; init; }

    [Description("CIDR blocks that reach the load balancer; 0.0.0.0/0 is everyone.")]
    [MinLength(1)]
    public IReadOnlyList<string> IngressCidrs { get; init; } = ["0.0.0.0/0"];

    [Description("Keys of everything that is encrypted. aws: AWS's own, free of charge. customer: one KMS key of the environment, rotated every year, whose use your account decides and CloudTrail records. Databases and repositories that are there already cannot change their key: they are replaced.")]
    [AllowedValues("aws", "customer")]
    public string Encryption { get; init; } = "aws";

    [Description("What the account has once; environments of one project and account say the same.")]
    public AccountSecurityConfig Account { get; init; } = new();

    [Description("Whether AWS refuses to delete the load balancer. Turn it off where runtime is destroyed and made again by schedule. Off in disposable environments.")]
    public bool LoadBalancerDeletionProtection { get; init; } = true;

    [Description("Web application firewall in front of the load balancer; none without it.")]
    public WafConfig? Waf { get; init; }
}
