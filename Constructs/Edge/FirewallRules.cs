using HashiCorp.Cdktf.Providers.Aws.Wafv2WebAcl;
using Infra.Configuration.Model;

namespace Infra.Constructs.Edge;

/// <summary>
/// Rules of a web ACL in the order of evaluation: allowed addresses, denied addresses, rate limit, AWS managed rule groups.
/// </summary>
internal static class FirewallRules
{
    private const int EvaluationSeconds = 300;

    /// <param name="config">Settings from the environment file.</param>
    /// <param name="allowed">ARN of the IP set that no other rule applies to.</param>
    /// <param name="denied">ARN of the IP set that is blocked.</param>
    public static Wafv2WebAclRule[] Of(WafConfig config, string? allowed, string? denied)
    {
        var rules = new List<Wafv2WebAclRule>();
        if (allowed is not null)
            rules.Add(
                Own("allowed-addresses", rules.Count, new Wafv2WebAclRuleAction { Allow = new Wafv2WebAclRuleActionAllow() },
                    AddressSet(allowed)));
        if (denied is not null)
            rules.Add(Own("denied-addresses", rules.Count, Block, AddressSet(denied)));
        rules.Add(Own("rate", rules.Count, Block, new Dictionary<string, object>
        {
            ["rate_based_statement"] = new Dictionary<string, object>
            {
                ["limit"] = config.RateLimit,
                ["aggregate_key_type"] = "IP",
                ["evaluation_window_sec"] = EvaluationSeconds,
            },
        }));
        foreach (string group in WafConfig.Standard.Concat(config.ExtraRuleGroups))
            rules.Add(Managed(group, rules.Count, countOnly: config.CountOnly.Contains(group), Overrides(config, group)));
        return [.. rules];
    }

    private static Wafv2WebAclRuleAction Block => new() { Block = new Wafv2WebAclRuleActionBlock() };

    private static Wafv2WebAclRule Own(string name, int priority, Wafv2WebAclRuleAction action, Dictionary<string, object> statement) =>
        new()
        {
            Name = name,
            Priority = priority,
            Action = action,
            Statement = statement,
            VisibilityConfig = Visible(name),
        };

    // The rules of a group have their own actions, unless the group's action is overridden to count.
    private static Wafv2WebAclRule Managed(string group, int priority, bool countOnly, object[] overrides) => new()
    {
        Name = group,
        Priority = priority,
        OverrideAction = countOnly
            ? new Wafv2WebAclRuleOverrideAction { Count = new Wafv2WebAclRuleOverrideActionCount() }
            : new Wafv2WebAclRuleOverrideAction { None = new Wafv2WebAclRuleOverrideActionNone() },
        Statement = new Dictionary<string, object>
        {
            ["managed_rule_group_statement"] = overrides.Length == 0
                ? new Dictionary<string, object> { ["vendor_name"] = "AWS", ["name"] = group }
                : new Dictionary<string, object> { ["vendor_name"] = "AWS", ["name"] = group, ["rule_action_override"] = overrides },
        },
        VisibilityConfig = Visible(group),
    };

    private static object[] Overrides(WafConfig config, string group) =>
    [
        .. WafConfig.DefaultRuleActions.Where(rule => !config.RuleActions.ContainsKey(rule.Key)).Concat(config.RuleActions)
            .Select(rule => (Name: rule.Key.Split('/'), Action: rule.Value))
            .Where(rule => rule.Name[0] == group)
            .OrderBy(rule => rule.Name[1], StringComparer.Ordinal)
            .Select(rule => new Dictionary<string, object>
            {
                ["name"] = rule.Name[1],
                ["action_to_use"] = new Dictionary<string, object> { [rule.Action.Text()] = new Dictionary<string, object>() },
            }),
    ];

    // The binding has no type for a nested statement: these are the names of Terraform's schema.
    private static Dictionary<string, object> AddressSet(string arn) => new()
    {
        ["ip_set_reference_statement"] = new Dictionary<string, object> { ["arn"] = arn },
    };

    private static Wafv2WebAclRuleVisibilityConfig Visible(string name) => new()
    {
        MetricName = name,
        CloudwatchMetricsEnabled = true,
        SampledRequestsEnabled = true,
    };
}
