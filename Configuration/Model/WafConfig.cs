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

    [Description("Whether requests that were let through are logged too; off keeps the blocked and the counted ones.")]
    public bool LogAllowed { get; init; }

    /// <summary>Groups that every firewall has, in the order in which they are asked.</summary>
    public static IReadOnlyList<string> Standard { get; } =
        ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

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
