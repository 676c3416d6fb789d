using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Security;

internal static class Firewall
{
    private const string Path = "security.waf";

    // The shortest prefix that an IP set supports; 0.0.0.0/0 is rejected.
    // https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html
    private const int ShortestPrefix = 1;

    [Rule("security/waf", "The web ACL has a load balancer, known rule groups, and valid CIDR blocks, each in only one of the lists.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Security.Waf is not { } waf)
            return [];
        IEnumerable<RuleViolation> unused = config.Services.Values.Any(service => service.IsListening)
            ? []
            : [new RuleViolation(Path,
                "protects the load balancer, but there is none, because no service listens; add a service or leave it out", "services")];
        return [.. unused, .. Groups(waf), .. Addresses(waf)];
    }

    private static IEnumerable<RuleViolation> Groups(WafConfig waf)
    {
        for (int i = 0; i < waf.ExtraRuleGroups.Count; i++)
        {
            string group = waf.ExtraRuleGroups[i];
            string path = ConfigPath.Item($"{Path}.extraRuleGroups", i);
            if (WafConfig.Standard.Contains(group))
                yield return new RuleViolation(path, $"{group} is always on; leave it out");
            else if (!WafConfig.Extra.Contains(group))
                yield return new RuleViolation(
                    path, $"{Scalars.Show(group)} is not a managed rule group that can be "
                        + $"added{ClosestMatch.Known(group, WafConfig.Extra, Path)}");
        }

        string[] known = [.. WafConfig.Standard, .. waf.ExtraRuleGroups];
        foreach (string rule in waf.RuleActions.Keys)
            if (rule.Split('/') is [var group, _] && !known.Contains(group))
                yield return new RuleViolation(
                    ConfigPath.Join($"{Path}.ruleActions", rule),
                    $"{Scalars.Show(group)} is not a rule group of this "
                        + $"firewall{ClosestMatch.Known(group, known, $"{Path}.extraRuleGroups")}",
                    $"{Path}.extraRuleGroups");
        for (int i = 0; i < waf.CountOnly.Count; i++)
            if (!known.Contains(waf.CountOnly[i]))
                yield return new RuleViolation(
                    ConfigPath.Item($"{Path}.countOnly", i),
                    $"{Scalars.Show(waf.CountOnly[i])} is not a rule group of this "
                        + $"firewall{ClosestMatch.Known(waf.CountOnly[i], known, $"{Path}.extraRuleGroups")}",
                    $"{Path}.extraRuleGroups");
    }

    private static IEnumerable<RuleViolation> Addresses(WafConfig waf)
    {
        var earlier = new List<(string List, Cidr Block)>();
        foreach ((string list, IReadOnlyList<string> blocks) in new[] { ("allowCidrs", waf.AllowCidrs), ("denyCidrs", waf.DenyCidrs) })
            for (int i = 0; i < blocks.Count; i++)
            {
                string path = ConfigPath.Item($"{Path}.{list}", i);
                if (Blocks.Problem(blocks[i], out Cidr block) is { } problem)
                    yield return new RuleViolation(path, problem);
                else if (block.PrefixLength < ShortestPrefix)
                    yield return new RuleViolation(
                        path, $"{block} is every address, which AWS WAF does not support; the shortest prefix is /{ShortestPrefix}");
                else if (earlier.Where(e => e.List == list && e.Block.Overlaps(block)).Take(1).ToList() is [var other])
                    yield return new RuleViolation(path, $"{block} overlaps {other.Block}; leave the smaller one out");
                else if (earlier.Any(e => e.List != list && e.Block == block))
                    yield return new RuleViolation(path,
                        $"{block} is also in allowCidrs, which is evaluated first; leave it out of one of them", $"{Path}.allowCidrs");
                else
                    earlier.Add((list, block));
            }
    }
}
