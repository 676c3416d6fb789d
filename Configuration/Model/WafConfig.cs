using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A web ACL of the load balancer: IP addresses, a rate limit, and AWS managed rule groups for common attacks, known bad inputs and IP
/// reputation, which are always on.
/// </summary>
public sealed record WafConfig
{
    // https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
    [Description("Requests of one address in five minutes above which it is blocked until its rate drops.")]
    [Range(10, 2_000_000_000)]
    public int RateLimit { get; init; } = 2000;

    [Description("CIDR blocks that no other rule applies to; all other addresses are still allowed.")]
    public IReadOnlyList<string> AllowCidrs { get; init; } = [];

    [Description("CIDR blocks that are blocked.")]
    public IReadOnlyList<string> DenyCidrs { get; init; } = [];

    [Description(
        "Managed rule groups in addition to AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet and "
            + "AWSManagedRulesAmazonIpReputationList: AWSManagedRulesSQLiRuleSet.")]
    public IReadOnlyList<string> ExtraRuleGroups { get; init; } = [];

    [Description("Managed rule groups that only count what they would block, to find out which requests a group affects.")]
    public IReadOnlyList<string> CountOnly { get; init; } = [];

    [Description(
        "Overrides of the actions of single rules, as group/rule to count, block, allow, captcha or challenge. "
            + "AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY, which blocks each body above 8 KB, counts unless it is listed here.")]
    [Keys("[A-Za-z0-9_-]+/[A-Za-z0-9_-]+", "a rule group and one of its rules, such as AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY")]
    public IReadOnlyDictionary<string, WafAction> RuleActions { get; init; } = new Dictionary<string, WafAction>();

    [Description("Whether allowed requests are also logged; off logs only blocked and counted ones.")]
    public bool LogAllowed { get; init; }

    /// <summary>Rule groups that every web ACL has, in the order of evaluation.</summary>
    public static IReadOnlyList<string> Standard { get; } =
        ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

    /// <summary>
    /// Actions of rules unless the file sets others. Uploads and long forms are above 8 KB, and AWS WAF inspects only the first 8 KB behind
    /// a load balancer.
    /// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
    /// </summary>
    public static IReadOnlyDictionary<string, WafAction> DefaultRuleActions { get; } =
        new Dictionary<string, WafAction> { ["AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY"] = WafAction.Count };

    /// <summary>
    /// Further rule groups without a fee or settings.
    /// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
    /// </summary>
    public static IReadOnlyList<string> Extra { get; } =
    [
        "AWSManagedRulesAdminProtectionRuleSet", "AWSManagedRulesAnonymousIpList", "AWSManagedRulesLinuxRuleSet",
        "AWSManagedRulesPHPRuleSet",
        "AWSManagedRulesSQLiRuleSet", "AWSManagedRulesUnixRuleSet", "AWSManagedRulesWindowsRuleSet", "AWSManagedRulesWordPressRuleSet",
    ];
}

/// <summary>Action of a rule of the web ACL.</summary>
public enum WafAction { Count, Block, Allow, Captcha, Challenge }
