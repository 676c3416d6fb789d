using Constructs;
using HashiCorp.Cdktf.Providers.Aws.Wafv2IpSet;
using HashiCorp.Cdktf.Providers.Aws.Wafv2WebAcl;
using HashiCorp.Cdktf.Providers.Aws.Wafv2WebAclAssociation;
using HashiCorp.Cdktf.Providers.Aws.Wafv2WebAclLoggingConfiguration;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Edge;

/// <summary>An AWS WAF web ACL for a load balancer, with a log of blocked and counted requests that redacts credentials.</summary>
internal sealed class Firewall : Construct
{
    private const string Scope = "REGIONAL";

    // Headers with credentials of the client, which must not be in a log.
    private static readonly string[] Redacted = ["authorization", "cookie"];

    public Firewall(Construct scope, string id, FirewallProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = NameOf(context);
        string arn = new Wafv2WebAcl(this, "web-acl", new Wafv2WebAclConfig
        {
            Name = name,
            Description = "What may reach the load balancer.",
            Scope = Scope,
            DefaultAction = new Wafv2WebAclDefaultAction { Allow = new Wafv2WebAclDefaultActionAllow() },
            Rule = FirewallRules.Of(props.Config, Addresses(id, "allowed", props.Config.AllowCidrs, context),
                Addresses(id, "denied", props.Config.DenyCidrs, context)),
            VisibilityConfig =
                new Wafv2WebAclVisibilityConfig { MetricName = name, CloudwatchMetricsEnabled = true, SampledRequestsEnabled = true },
        }).Named(id).Arn;
        new Wafv2WebAclAssociation(this, "association", new Wafv2WebAclAssociationConfigA
        {
            ResourceArn = props.LoadBalancerArn,
            WebAclArn = arn,
        }).Named(id);
        Log(id, props, arn);
    }

    /// <summary>Name of an environment's web ACL and of its metrics.</summary>
    public static string NameOf(DeploymentContext context) => context.Names.For(NameRule.WebAcl, "");

    private string? Addresses(string id, string what, IReadOnlyList<string> blocks, DeploymentContext context) => blocks.Count == 0
        ? null
        : new Wafv2IpSet(this, what, new Wafv2IpSetConfig
        {
            Name = context.Names.For(NameRule.WebAcl, what),
            Scope = Scope,
            IpAddressVersion = "IPV4",
            Addresses = [.. blocks],
        }).Named($"{id}_{what}").Arn;

    private void Log(string id, FirewallProps props, string webAclArn)
    {
        new Wafv2WebAclLoggingConfiguration(this, "logging", new Wafv2WebAclLoggingConfigurationConfig
        {
            ResourceArn = webAclArn,
            LogDestinationConfigs = [props.LogGroupArn],
            RedactedFields = Redacted.Select(header => new Wafv2WebAclLoggingConfigurationRedactedFields
            {
                SingleHeader = new Wafv2WebAclLoggingConfigurationRedactedFieldsSingleHeader { Name = header },
            }).ToArray(),
            LoggingFilter = props.Config.LogAllowed ? null : new Wafv2WebAclLoggingConfigurationLoggingFilter
            {
                DefaultBehavior = "DROP",
                Filter = new[]
                {
                    new Wafv2WebAclLoggingConfigurationLoggingFilterFilter
                    {
                        Behavior = "KEEP",
                        Requirement = "MEETS_ANY",
                        Condition =
                            new[] { "BLOCK", "COUNT" }.Select(action => new Wafv2WebAclLoggingConfigurationLoggingFilterFilterCondition
                        {
                            ActionCondition =
                                new Wafv2WebAclLoggingConfigurationLoggingFilterFilterConditionActionCondition { Action = action },
                        }).ToArray(),
                    },
                },
            },
        }).Named(id);
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Addresses, rate limit and rule groups.</param>
/// <param name="LoadBalancerArn">Load balancer that it protects.</param>
/// <param name="LogGroupArn">Log group, with the name prefix that AWS WAF requires.</param>
internal sealed record FirewallProps(DeploymentContext Context, WafConfig Config, string LoadBalancerArn, string LogGroupArn);
