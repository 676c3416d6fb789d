using Infra.Configuration.Model;
using Infra.Constructs.Edge;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Edge;

[Property("Row", "S14")]
[Property("Row", "D9")]
internal sealed class FirewallTests
{
    private static SynthesizedStack Synthesize(WafConfig config) => SynthesizedStack.Of(stack =>
        _ = new Firewall(stack, "waf", new FirewallProps(SynthesizedStack.Context(), config, "arn:alb", "arn:logs")));

    private static IEnumerable<string> Rules(SynthesizedStack stack) => stack.Single("aws_wafv2_web_acl")["rule"]!
        .OrderBy(rule => (int)rule["priority"]!)
        .Select(rule => $"{rule["name"]}: {((JObject)(rule["action"] ?? rule["override_action"])!).Properties().Single().Name}");

    [Test]
    public void Firewall_IsAssociatedWithTheLoadBalancer()
    {
        SynthesizedStack stack = Synthesize(new WafConfig());

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Single("aws_wafv2_web_acl")["scope"], Is.EqualTo("REGIONAL"));
            Assert.That((string?)stack.Single("aws_wafv2_web_acl_association")["resource_arn"], Is.EqualTo("arn:alb"));
            Assert.That((string?)stack.Single("aws_wafv2_web_acl_association")["web_acl_arn"], Is.EqualTo("${aws_wafv2_web_acl.waf.arn}"));
        });
    }

    [Test]
    public void Firewall_HasRateLimitAndManagedRules()
    {
        SynthesizedStack stack = Synthesize(new WafConfig { RateLimit = 500 });
        JObject[] rules = [.. stack.Single("aws_wafv2_web_acl")["rule"]!.Cast<JObject>()];

        Assert.Multiple(() =>
        {
            Assert.That(Rules(stack), Is.EqualTo(new[]
            {
                "rate: block", "AWSManagedRulesAmazonIpReputationList: none", "AWSManagedRulesCommonRuleSet: none",
                "AWSManagedRulesKnownBadInputsRuleSet: none",
            }));
            Assert.That((int?)rules[0]["statement"]!["rate_based_statement"]!["limit"], Is.EqualTo(500));
            Assert.That((string?)rules[0]["statement"]!["rate_based_statement"]!["aggregate_key_type"], Is.EqualTo("IP"));
            foreach (JObject rule in rules.Skip(1))
                Assert.That(
                    $"{rule["statement"]!["managed_rule_group_statement"]!["vendor_name"]} "
                        + $"{rule["statement"]!["managed_rule_group_statement"]!["name"]}", Is.EqualTo($"AWS {rule["name"]}"));
            Assert.That(rules.Select(rule => (bool?)rule["visibility_config"]!["cloudwatch_metrics_enabled"]), Is.All.True);
        });
    }

    [Test]
    public void Addresses_AreEvaluatedFirst_AndAGroupMayOnlyCount()
    {
        SynthesizedStack stack = Synthesize(new WafConfig
        {
            AllowCidrs = ["203.0.113.0/24"],
            DenyCidrs = ["198.51.100.0/24"],
            ExtraRuleGroups = ["AWSManagedRulesSQLiRuleSet"],
            CountOnly = ["AWSManagedRulesCommonRuleSet"],
        });

        Assert.Multiple(() =>
        {
            Assert.That(Rules(stack), Is.EqualTo(new[]
            {
                "allowed-addresses: allow", "denied-addresses: block", "rate: block", "AWSManagedRulesAmazonIpReputationList: none",
                "AWSManagedRulesCommonRuleSet: count", "AWSManagedRulesKnownBadInputsRuleSet: none", "AWSManagedRulesSQLiRuleSet: none",
            }));
            Assert.That(
                stack.Resource("aws_wafv2_ip_set", "waf_allowed")["addresses"]!.Values<string>(), Is.EqualTo(new[] { "203.0.113.0/24" }));
            Assert.That(
                stack.Resource("aws_wafv2_ip_set", "waf_denied")["addresses"]!.Values<string>(), Is.EqualTo(new[] { "198.51.100.0/24" }));
            Assert.That(
                (string?)stack.Single("aws_wafv2_web_acl")["rule"]![0]!["statement"]!["ip_set_reference_statement"]!["arn"],
                Is.EqualTo("${aws_wafv2_ip_set.waf_allowed.arn}"));
        });
    }

    // The rule blocks each body above 8 KB, uploads and long forms among them.
    // https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
    [Test, Property("Finding", "A18")]
    public void LargeBodies_AreCounted_NotBlocked() => Assert.That(Overrides(new WafConfig()), Is.EqualTo(new[]
    {
        "AWSManagedRulesCommonRuleSet SizeRestrictions_BODY count",
    }));

    [Test, Property("Finding", "A18")]
    public void Rules_HaveTheConfiguredActions() => Assert.That(
        Overrides(new WafConfig
        {
            RuleActions = new Dictionary<string, WafAction>
            {
                ["AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY"] = WafAction.Block,
                ["AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER"] = WafAction.Count,
                ["AWSManagedRulesKnownBadInputsRuleSet/Host_localhost_HEADER"] = WafAction.Challenge,
            },
        }),
        Is.EqualTo(new[]
        {
            "AWSManagedRulesCommonRuleSet NoUserAgent_HEADER count", "AWSManagedRulesCommonRuleSet SizeRestrictions_BODY block",
            "AWSManagedRulesKnownBadInputsRuleSet Host_localhost_HEADER challenge",
        }));

    private static IEnumerable<string> Overrides(WafConfig config) =>
        from rule in Synthesize(config).Single("aws_wafv2_web_acl")["rule"]!
        from its in rule["statement"]!["managed_rule_group_statement"]?["rule_action_override"] ?? new JArray()
        select $"{rule["name"]} {its["name"]} {((JObject)its["action_to_use"]!).Properties().Single().Name}";

    [Test]
    public void Log_ContainsNoCredentials()
    {
        SynthesizedStack stack = Synthesize(new WafConfig());
        JObject logging = stack.Single("aws_wafv2_web_acl_logging_configuration");

        Assert.Multiple(() =>
        {
            Assert.That(logging["log_destination_configs"]!.Values<string>(), Is.EqualTo(new[] { "arn:logs" }));
            Assert.That(logging["redacted_fields"]!.Select(field => (string?)field["single_header"]!["name"]),
                Is.EqualTo(new[] { "authorization", "cookie" }));
        });
    }

    [TestCase(false), TestCase(true)]
    public void Log_ContainsAllowedRequests_OnlyIfConfigured(bool asked)
    {
        JToken? filter = Synthesize(new WafConfig { LogAllowed = asked })
            .Single("aws_wafv2_web_acl_logging_configuration")["logging_filter"];

        if (asked)
            Assert.That(filter, Is.Null);
        else
            Assert.That(
                $"{filter!["default_behavior"]} but {filter["filter"]!.Single()["behavior"]} "
                + string.Join(", ", filter["filter"]!.Single()["condition"]!.Select(condition => condition["action_condition"]!["action"])),
                Is.EqualTo("DROP but KEEP BLOCK, COUNT"));
    }
}
