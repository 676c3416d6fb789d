using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Network;

internal static class Hosts
{
    // The first name of an ACM certificate; the wildcard *.{domain} is two characters longer than the domain.
    // https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
    private const int MostDomainCharacters = 64 - 2;

    [Rule("network/hosts", "Host names have a domain, match its certificate, and belong to one site or to services.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Domain is { } domain && domain.Name.Length > MostDomainCharacters)
            yield return new RuleViolation(
                "domain.name", $"has {domain.Name.Length} characters; a wildcard certificate allows at most {MostDomainCharacters}");

        IEnumerable<(string Section, string Name, string Host)> hosts =
            config.Services.Where(s => s.Value.Host is not null).Select(s => ("services", s.Key, s.Value.Host!))
                .Concat(config.Sites.Where(s => s.Value.Host is not null).Select(s => ("sites", s.Key, s.Value.Host!)));
        var earlier = new Dictionary<string, (string Section, string Path)>(StringComparer.Ordinal);
        foreach ((string section, string name, string host) in hosts)
        {
            string path = $"{ConfigPath.Join(section, name)}.host";
            if (config.Domain is null)
            {
                yield return new RuleViolation(path, $"{Scalars.Show(host)} needs a domain; add domain.name, or leave host out", "domain");
                continue;
            }
            // Services on the same host are distinguished by paths (Routes); a site has its host exclusively.
            if (!earlier.TryAdd(host, (section, path)) && (section, earlier[host].Section) != ("services", "services"))
                yield return new RuleViolation(
                    path, $"{HostNames.In(config.Domain.Name, host)} is taken by {earlier[host].Path}", earlier[host].Path, "domain");
        }
    }
}
