using Infra.Configuration.Model;
using Infra.Constructs.Dns;
using Infra.Constructs.Sites;
using Infra.Constructs.Storage;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>Part of the base stack: the domain and the static sites.</summary>
internal sealed class BaseSites
{
    private readonly BaseScope _scope;

    public BaseSites(BaseScope scope, LogBucket accessLogs)
    {
        _scope = scope;
        Domain = scope.Config.Domain is not { } domain
            ? null
            : new DomainBaseResources(scope.Stack, "domain", new DomainBaseResourcesProps(scope.Context, domain, scope.Stack.Global));
        Sites = ByName.Each(scope.Config.Sites, (name, site) => Site(name, site, accessLogs));
    }

    /// <summary>Zone and certificates; null without a domain.</summary>
    public DomainBaseResources? Domain { get; }

    public IReadOnlyDictionary<string, StaticSiteOutputs> Sites { get; }

    /// <summary>Outputs for operators.</summary>
    public void WriteOutputs()
    {
        if (Domain?.NameServers is { } servers)
            _scope.Stack.Output(BaseOperatorOutputs.NameServersOutput, "Name servers to enter at the domain's registrar.", servers);
        if (Domain?.Validation is { } record)
            _scope.Stack.Output(BaseOperatorOutputs.CertificateValidationOutput,
                "DNS record that proves the domain is yours; enter it where its DNS lives.", record.Write());
        foreach ((string name, StaticSiteOutputs site) in Sites)
        {
            _scope.Stack.Output(BaseOperatorOutputs.SiteBucketOutput(name), $"Bucket of site {name}.", site.BucketName);
            _scope.Stack.Output(
                BaseOperatorOutputs.SiteDistributionIdOutput(name), $"CloudFront distribution of site {name}.", site.DistributionId);
            _scope.Stack.Output(
                BaseOperatorOutputs.SiteDomainNameOutput(name), $"CloudFront's own host name of site {name}.", site.DomainName);
        }
    }

    private StaticSiteOutputs Site(string name, SiteConfig config, LogBucket accessLogs)
    {
        string? host = _scope.Config.HostName(config.Host);
        StaticSiteOutputs site = new StaticSite(_scope.Stack, $"site-{name}", new StaticSiteProps(_scope.Context, name, config, accessLogs)
        {
            Aliases = host is null ? [] : [host],
            CertificateArn = host is null ? null : Domain?.GlobalCertificateArn,
            UsEast1 = _scope.Stack.Global,
            Hsts = _scope.Config.Security.Hsts,
        }).Outputs;
        if (host is not null)
            Domain?.Alias($"site-{name}", host, site.DomainName, site.HostedZoneId);
        return site;
    }
}
