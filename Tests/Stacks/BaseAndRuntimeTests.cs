using System.Text.RegularExpressions;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>
/// Base has what takes long to create or must not be lost; runtime has what is charged per hour, and can be destroyed and recreated without
/// changes in base.
/// </summary>
internal sealed partial class BaseAndRuntimeTests
{
    /// <summary>
    /// All types that runtime may have: charged per hour, useless without it, or changed by a release (agents:
    /// docs/decisions/0018-agents.md).
    /// </summary>
    private static readonly string[] Hourly =
    [
        "aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action", "aws_appautoscaling_target", "aws_cloudformation_stack",
        "aws_cloudwatch_dashboard", "aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_cloudwatch_metric_alarm",
        "aws_ecs_cluster", "aws_ecs_cluster_capacity_providers",
        "aws_ecs_service", "aws_ecs_task_definition", "aws_eip", "aws_lb", "aws_lb_listener", "aws_lb_listener_rule", "aws_lb_target_group",
        "aws_nat_gateway", "aws_route", "aws_route53_record", "aws_scheduler_schedule", "aws_scheduler_schedule_group", "aws_ssm_parameter",
        "aws_wafv2_ip_set", "aws_wafv2_web_acl", "aws_wafv2_web_acl_association", "aws_wafv2_web_acl_logging_configuration",
    ];

    /// <summary>Types with data, names or trust relationships that cannot be recreated.</summary>
    private static readonly string[] Precious =
    [
        "aws_acm_certificate", "aws_backup_vault", "aws_cognito_user_pool", "aws_db_instance", "aws_dynamodb_table", "aws_ecr_repository",
        "aws_route53_zone",
        "aws_s3_bucket", "aws_secretsmanager_secret", "aws_subnet", "aws_vpc",
    ];

    private static string[] Types(SynthesizedStack stack) => [.. ((JObject)stack.Json["resource"]!).Properties().Select(type => type.Name)];

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6")]
    public void Runtime_HasOnlyResourcesChargedByTheHour(Example example) => Assert.That(Types(example.Runtime), Is.SubsetOf(Hourly));

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6")]
    public void Base_HasNoResourcesChargedByTheHour(Example example) =>
        Assert.That(
            // The internet gateway, database alarms, the schedule that wakes runtime and DNS records of base belong to base.
            Types(example.Base).Intersect(Hourly).Except(
                ["aws_cloudwatch_metric_alarm", "aws_route", "aws_route53_record", "aws_scheduler_schedule", "aws_scheduler_schedule_group",
                    "aws_ssm_parameter"]), Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6"), Property("Row", "S6"), Property("Row", "S7")]
    public void DurableResources_AreProtected_UnlessTheEnvironmentIsDisposable(Example example)
    {
        // The bootstrap stack has the state of every environment of the account, and is destroyed only with the emulator.
        (SynthesizedStack Stack, bool Disposable)[] stacks =
            [(example.Bootstrap, example.Config.Emulator), (example.Base, example.Config.Disposable)];

        Assert.Multiple(() =>
        {
            foreach ((SynthesizedStack stack, bool disposable) in stacks)
                foreach (string type in Precious)
                    foreach (string id in stack.Ids(type))
                        Assert.That(
                            (bool?)stack.Resource(type, id)["lifecycle"]?["prevent_destroy"], disposable ? Is.Null : Is.True,
                            $"{type}.{id}");
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6")]
    public void Runtime_CanBeDestroyed(Example example) =>
        Assert.That(example.Runtime.Json.Descendants().OfType<JProperty>().Where(property => property.Name == "prevent_destroy"), Is.Empty);

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6")]
    public void Runtime_KnowsBaseByItsStateAndTheReleaseLedger_AndNothingElse(Example example)
    {
        Assert.That(
            example.Runtime.DataAddresses(),
            Is.EquivalentTo(example.Config.Services.Keys.Concat(example.Config.Agents.Keys)
                .Select(application => $"data.aws_ssm_parameter.release_{application}").Append("data.terraform_remote_state.base")));
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6")]
    public void ReleaseLedger_OfEachServiceIsInBase(Example example)
    {
        foreach (string service in example.Config.Services.Keys)
            Assert.That(
                (string?)example.Base.Resource("aws_ssm_parameter", $"release-{service}")["name"],
                Is.EqualTo((string?)example.Runtime.Data("aws_ssm_parameter", $"release_{service}")["name"]));
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6"), Property("Row", "D5")]
    public void Certificate_ThatIsServed_IsBasesIssuedOne(Example example)
    {
        if (example.Config.Domain is null)
        {
            Assert.That(example.Base.Ids("aws_acm_certificate"), Is.Empty);
            return;
        }

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)example.Runtime.Resource("aws_lb_listener", "https")["certificate_arn"],
                Is.EqualTo("${data.terraform_remote_state.base.outputs.certificate_arn}"));
            // From the validation resource, so that runtime never uses a certificate that is not issued yet.
            Assert.That(
                (string?)example.Base.Json["output"]!["certificate_arn"]!["value"],
                Is.EqualTo("${aws_acm_certificate_validation.certificate.certificate_arn}"));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.WithServices)), Property("Row", "T9"), Property("Row", "S2")]
    public void LoadBalancer_WritesItsLogs_WhereTheBucketAllowsIt(Example example)
    {
        JToken logs = example.Runtime.Resource("aws_lb", "alb")["access_logs"]!;
        string bucket = (string)example.Base.Json["output"]!["alb_log_bucket"]!["value"]!;
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-file-format
        string folder = $"{(logs["prefix"] is { } prefix ? $"{prefix}/" : "")}AWSLogs/{example.Config.Account}/*";

        PolicyStatement write = PolicyStatement.Of(example.Base)
            .Single(statement => statement.Services.Contains("logdelivery.elasticloadbalancing.amazonaws.com"));
        Assert.Multiple(() =>
        {
            Assert.That((string?)logs["bucket"], Is.EqualTo("${data.terraform_remote_state.base.outputs.alb_log_bucket}"));
            Assert.That((string?)example.Base.Resource("aws_s3_bucket", "alb-logs")["bucket"], Is.EqualTo(bucket));
            Assert.That(write.Id, Is.EqualTo("alb-logs_policy"));
            Assert.That(write.Resources, Is.EqualTo(new[] { $"arn:aws:s3:::{bucket}/{folder}" }));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks))]
    public void EveryReference_HasATargetInTheStack(Example example, string stack)
    {
        SynthesizedStack synthesized = example.Deployment[stack];
        string[] known = [.. synthesized.Addresses(), .. synthesized.DataAddresses(), .. Ephemerals(synthesized)];
        IEnumerable<string> referenced = Reference().Matches(CanonicalJson.Write(synthesized.Json)).Select(match => match.Value).Distinct();

        Assert.That(referenced.Except(known), Is.Empty);
    }

    [Test, Property("Row", "D5"), Property("Row", "T2")]
    public void Hosts_HaveOneRecordEach_HoweverManyServicesShareThem()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)Example.Tap.Runtime.Single("aws_route53_record")["name"], Is.EqualTo("api.example.com"));
            Assert.That((string?)Example.DurableCode.Runtime.Single("aws_route53_record")["name"], Is.EqualTo("dev.example.com"));
            Assert.That(Example.Local.Runtime.Ids("aws_route53_record"), Is.EqualTo(new[] { "host-api", "host-www" }));
            Assert.That(Example.ShopDev.Runtime.Ids("aws_route53_record"), Is.Empty, "no domain");
        });
    }

    private static IEnumerable<string> Ephemerals(SynthesizedStack stack) =>
        ((JObject?)stack.Json["ephemeral"] ?? []).Properties()
            .SelectMany(type => ((JObject)type.Value).Properties().Select(value => $"{type.Name}.{value.Name}"));

    // Only in expressions: a text such as aws_region in a variable is not a reference.
    [GeneratedRegex(@"(?<=\$\{[^}]*?)\b(data\.)?(aws_[a-z0-9_]+|terraform_remote_state)\.[a-z][A-Za-z0-9_-]*(?=\.)")]
    private static partial Regex Reference();
}
