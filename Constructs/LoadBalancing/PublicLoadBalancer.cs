using Constructs;
using HashiCorp.Cdktf.Providers.Aws.Lb;
using HashiCorp.Cdktf.Providers.Aws.LbListener;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.LoadBalancing;

/// <summary>
/// An internet-facing load balancer that serves HTTPS and redirects HTTP to it; without a certificate it serves HTTP. Requests that match
/// no service are answered with 404.
/// </summary>
internal sealed class PublicLoadBalancer : Construct
{
    public PublicLoadBalancer(Construct scope, string id, PublicLoadBalancerProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        Lb balancer = new Lb(this, "alb", new LbConfig
        {
            Name = context.Names.LoadBalancer,
            LoadBalancerType = "application",
            Internal = false,
            IpAddressType = "ipv4",
            Subnets = [.. props.PublicSubnetIds],
            SecurityGroups = [props.SecurityGroupId],
            DropInvalidHeaderFields = true,
            DesyncMitigationMode = "strictest",
            EnableHttp2 = true,
            EnableDeletionProtection = props.DeletionProtection,
            IdleTimeout = 60,
            // Without a prefix: the bucket is only for load balancers, and its policy allows writing to AWSLogs/{account} only.
            AccessLogs = new LbAccessLogs { Bucket = props.AccessLogBucket, Enabled = true },
        }).Named("alb");
        Arn = balancer.Arn;
        ArnSuffix = balancer.ArnSuffix;
        DnsName = balancer.DnsName;
        ZoneId = balancer.ZoneId;

        var notFound = new LbListenerDefaultAction
        {
            Type = "fixed-response",
            FixedResponse =
                new LbListenerDefaultActionFixedResponse { ContentType = "text/plain", MessageBody = "Not found", StatusCode = "404" },
        };
        ListenerArn = props.CertificateArn is null
            ? Listener(
                "http", new LbListenerConfig { LoadBalancerArn = Arn, Port = 80, Protocol = "HTTP", DefaultAction = new[] { notFound } })
            : Listener("https", new LbListenerConfig
            {
                LoadBalancerArn = Arn,
                Port = 443,
                Protocol = "HTTPS",
                CertificateArn = props.CertificateArn,
                SslPolicy = props.TlsPolicy,
                RoutingHttpResponseServerEnabled = false,
                RoutingHttpResponseStrictTransportSecurityHeaderValue = StrictTransportSecurity(props.Hsts),
                DefaultAction = new[] { notFound },
            });
        if (props.CertificateArn is null) return;

        Listener("redirect", new LbListenerConfig
        {
            LoadBalancerArn = Arn,
            Port = 80,
            Protocol = "HTTP",
            DefaultAction = new[]
            {
                new LbListenerDefaultAction
                {
                    Type = "redirect",
                    Redirect = new LbListenerDefaultActionRedirect { Protocol = "HTTPS", Port = "443", StatusCode = "HTTP_301" },
                },
            },
        });
    }

    public string Arn { get; }

    /// <summary>ARN suffix, its value in the CloudWatch dimension LoadBalancer.</summary>
    public string ArnSuffix { get; }

    public string DnsName { get; }

    /// <summary>Hosted zone of <see cref="DnsName"/>, for alias records.</summary>
    public string ZoneId { get; }

    /// <summary>Listener that services add their rules to: HTTPS, or HTTP without a certificate.</summary>
    public string ListenerArn { get; }

    private static string StrictTransportSecurity(HstsConfig hsts) =>
        $"max-age={hsts.MaxAgeSeconds}{(hsts.IncludeSubdomains ? "; includeSubDomains" : "")}{(hsts.Preload ? "; preload" : "")}";

    private string Listener(string name, LbListenerConfig config) => new LbListener(this, name, config).Named(name).Arn;
}

internal sealed record PublicLoadBalancerProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Its subnets, in two zones or more.</summary>
    public required IReadOnlyList<string> PublicSubnetIds { get; init; }

    /// <summary>Its security group.</summary>
    public required string SecurityGroupId { get; init; }

    /// <summary>Bucket for its access logs.</summary>
    public required string AccessLogBucket { get; init; }

    /// <summary>Certificate for HTTPS; none means HTTP only, for environments without a domain.</summary>
    public required string? CertificateArn { get; init; }

    /// <summary>TLS policy of the HTTPS listener.</summary>
    public required string TlsPolicy { get; init; }

    /// <summary>Whether AWS refuses to delete it.</summary>
    public required bool DeletionProtection { get; init; }

    /// <summary>HSTS header of responses.</summary>
    public HstsConfig Hsts { get; init; } = new();
}
