using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Security;

internal static class CallbackHosts
{
    [Rule("security/callback-hosts", "Callback URLs in the environment's domain have the host of a service or a site.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (config.Identity is not { } identity || config.Domain?.Name is not { } domain)
            yield break;
        string[] hosts =
        [
            .. config.Services.Values.Select(service => service.Host).Concat(config.Sites.Values.Select(site => site.Host))
                .OfType<string>().Select(name => HostNames.In(domain, name)).Distinct().Order(StringComparer.Ordinal),
        ];
        for (int i = 0; i < identity.CallbackUrls.Count; i++)
        {
            // The whole domain may be that of several systems, but a typing error would end every sign-in.
            if (!Uri.TryCreate(identity.CallbackUrls[i], UriKind.Absolute, out Uri? url)
                || (url.Host != domain && !url.Host.EndsWith($".{domain}", StringComparison.Ordinal))
                || hosts.Contains(url.Host))
                continue;
            yield return new RuleViolation(
                ConfigPath.Item("identity.callbackUrls", i),
                $"{Scalars.Show(identity.CallbackUrls[i])} is in the domain, but no service or site has the host {url.Host}"
                    + (hosts.Length == 0 ? "" : $"; available: {string.Join(", ", hosts)}"), "domain", "services", "sites");
        }
    }
}
