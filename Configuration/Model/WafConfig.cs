using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A web application firewall in front of the load balancer: addresses, a rate limit, and AWS's managed rule groups for common
/// attacks, known bad inputs and addresses of bad repute, which are always on.
/// </summary>
public sealed record WafConfig
{
    // https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
    [Description("Requests of one address in five minutes beyond which it is blocked until it slows down.")]
    [Range(10, 2_000_000_000)]
    public int RateLimit { get; init; } = 2000;

    [Description("CIDR blocks that no rule applies to; every other address is still served.")]
    public IReadOnlyList<string> AllowCidrs { get; init; } = [];

    [Description("CIDR blocks that are refused.")]
    public IReadOnlyList<string> DenyCidrs { get; init; } = [];

    [Description("Managed rule groups beside AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesAmazonIpReputationList: AWSManagedRulesSQLiRuleSet.")]
    public IReadOnlyList<string> ExtraRuleGroups { get; init; } = [];

    [Description("Managed rule groups that only count what they would block, to see whom a group would hit before it does.")]
    public IReadOnlyList<string> CountOnly { get; init; } = [];

    [Description("What single rules of the groups do instead of what AWS has them do, as group/rule to count, block, allow, captcha or challenge. AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY, which blocks each body above 8 KB, counts unless it is named here.")]
    [Keys("[A-Za-z0-9_-]+/[A-Za-z0-9_-]+", "a rule group and one of its rules, such as AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY")]
    [AllowedValues("count", "block", "allow", "captcha", "challenge")]
    public IReadOnlyDictionary<string, string> RuleActions { get; init; } = new Dictionary<string, string>();

    [Description("Whether requests that were let through are logged too; off keeps the blocked and the counted ones.")]
    public bool LogAllowed { get; init; }

    /// <summary>Groups that every firewall has, in the order in which they are asked.</summary>
    public static IReadOnlyList<string> Standard { get; } =
        ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

    /// <summary>
    /// What rules of the groups do unless the file says otherwise. Uploads and long forms are above 8 KB, and AWS WAF looks at no more
    /// than the first 8 KB behind a load balancer.
    /// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
    /// </summary>
    public static IReadOnlyDictionary<string, string> DefaultRuleActions { get; } =
        new Dictionary<string, string> { ["AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY"] = "count" };

    /// <summary>
    /// Further groups without a fee or settings of their own.
    /// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
    /// </summary>
    public static IReadOnlyList<string> Extra { get; } =
    [
        "AWSManagedRulesAdminProtectionRuleSet", "AWSManagedRulesAnonymousIpList", "AWSManagedRulesLinuxRuleSet", "AWSManagedRulesPHPRuleSet",
        "AWSManagedRulesSQLiRuleSet", "AWSManagedRulesUnixRuleSet", "AWSManagedRulesWindowsRuleSet", "AWSManagedRulesWordPressRuleSet",
    ];
}
