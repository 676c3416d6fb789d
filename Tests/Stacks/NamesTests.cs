using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Whatever names an environment file contains, the resulting names are valid in AWS, and the addresses in Terraform.</summary>
internal sealed class NamesTests
{
    private static readonly (string Type, string Argument, NameRule Rule)[] Rules =
    [
        ("aws_appautoscaling_policy", "name", NameRule.Alarm),
        ("aws_appautoscaling_scheduled_action", "name", NameRule.Alarm),
        ("aws_cloudfront_origin_access_control", "name", NameRule.CloudFront),
        ("aws_backup_plan", "name", NameRule.BackupVault),
        ("aws_backup_selection", "name", NameRule.BackupVault),
        ("aws_backup_vault", "name", NameRule.BackupVault),
        ("aws_budgets_budget", "name", NameRule.Budget),
        ("aws_chatbot_slack_channel_configuration", "configuration_name", NameRule.ChatChannel),
        ("aws_cloudfront_response_headers_policy", "name", NameRule.CloudFront),
        ("aws_cloudwatch_dashboard", "dashboard_name", NameRule.Dashboard),
        ("aws_cloudwatch_log_delivery_destination", "name", NameRule.LogDelivery),
        ("aws_cloudwatch_log_delivery_source", "name", NameRule.LogDelivery),
        ("aws_cloudwatch_log_group", "name", NameRule.LogGroup),
        ("aws_cloudwatch_metric_alarm", "alarm_name", NameRule.Alarm),
        ("aws_cloudtrail", "name", NameRule.Trail),
        ("aws_codebuild_project", "name", NameRule.BuildProject),
        ("aws_cognito_user_pool", "name", NameRule.UserPool),
        ("aws_cognito_user_pool_client", "name", NameRule.UserPoolClient),
        ("aws_cognito_user_pool_domain", "domain", NameRule.CognitoDomain),
        ("aws_db_instance", "identifier", NameRule.Database),
        ("aws_db_parameter_group", "name", NameRule.Database),
        ("aws_db_subnet_group", "name", NameRule.Database),
        ("aws_dynamodb_table", "name", NameRule.Table),
        ("aws_ecr_repository", "name", NameRule.Repository),
        ("aws_cloudformation_stack", "name", NameRule.CloudFormationStack),
        ("aws_ecs_cluster", "name", NameRule.Ecs),
        ("aws_ecs_service", "name", NameRule.Ecs),
        ("aws_ecs_task_definition", "family", NameRule.Ecs),
        ("aws_iam_policy", "name", NameRule.IamPolicy),
        ("aws_iam_role", "name", NameRule.IamRole),
        ("aws_iam_role_policy", "name", NameRule.IamPolicy),
        ("aws_lb", "name", NameRule.LoadBalancer),
        ("aws_lb_target_group", "name", NameRule.TargetGroup),
        ("aws_cloudwatch_event_rule", "name", NameRule.EventRule),
        ("aws_codebuild_project", "name", NameRule.BuildProject),
        ("aws_codepipeline", "name", NameRule.Pipeline),
        ("aws_s3_bucket", "bucket", NameRule.Bucket),
        ("aws_scheduler_schedule", "name", NameRule.Schedule),
        ("aws_scheduler_schedule_group", "name", NameRule.Schedule),
        ("aws_secretsmanager_secret", "name", NameRule.Secret),
        ("aws_security_group", "name", NameRule.SecurityGroup),
        ("aws_service_discovery_http_namespace", "name", NameRule.Ecs),
        ("aws_sns_topic", "name", NameRule.Topic),
        ("aws_sqs_queue", "name", NameRule.Queue),
        ("aws_ssm_parameter", "name", NameRule.Parameter),
        ("aws_wafv2_ip_set", "name", NameRule.WebAcl),
        ("aws_wafv2_web_acl", "name", NameRule.WebAcl),
    ];

    private static IEnumerable<string> Refused(SynthesizedDeployment deployment) =>
        from stack in deployment.Stacks.Values
        from rule in Rules
        from id in stack.Ids(rule.Type)
        let name = (string?)stack.Resource(rule.Type, id)[rule.Argument]
        where name is null || !rule.Rule.Allows(name)
        select $"{rule.Type}.{id}: {name} ({rule.Rule.Kind}: {rule.Rule.MaxLength} of {rule.Rule.Allowed})";

    [TestCaseSource(typeof(Example), nameof(Example.WithPipelines)), Property("Row", "P12")]
    public void EveryName_IsValidInAws(Example example) => Assert.That(Refused(example.Deployment), Is.Empty);

    [Test, Property("Row", "P12")]
    public void LongAndUnusualNames_BecomeValidNames() => Assert.That(Refused(Variants.Extremes.Value), Is.Empty);

    [Test]
    public void EveryTypeWithAName_HasARule()
    {
        IEnumerable<string> named =
            from example in Example.WithPipelines
            from stack in example.Deployment.Stacks.Values
            from type in ((JObject)stack.Json["resource"]!).Properties()
            where ((JObject)type.Value).Properties()
                .Any(resource => resource.Value["name"] is { } name && !((string)name!).Contains("${", StringComparison.Ordinal))
            select type.Name;

        // DNS names belong to a domain; an alias has its prefix; AWS Config has one recorder and one channel, called default; a saved query
        // is in a folder; the name of a feature is GuardDuty's.
        Assert.That(named.Distinct().Except(Rules.Select(rule => rule.Type)), Is.EquivalentTo(new[]
        {
            "aws_cloudwatch_query_definition", "aws_config_configuration_recorder", "aws_config_delivery_channel",
            "aws_guardduty_detector_feature", "aws_kms_alias", "aws_route53_record", "aws_route53_zone",
        }));
    }

    [Test]
    public void LongNames_AreShortened_AndStayDifferent()
    {
        SynthesizedStack runtime = Variants.Extremes.Value.Runtime;
        string[] groups =
            [.. runtime.Ids("aws_lb_target_group").Select(id => (string)runtime.Resource("aws_lb_target_group", id)["name"]!)];

        Assert.Multiple(() =>
        {
            Assert.That(groups, Is.Unique);
            Assert.That(groups, Is.All.Length.LessThanOrEqualTo(32));
        });
    }

    [Test]
    public void NamesThatLookAlike_HaveTheirOwnAddresses()
    {
        SynthesizedStack @base = Variants.Extremes.Value.Base;

        Assert.Multiple(() =>
        {
            Assert.That(
                @base.Ids("aws_ecr_repository").Count(id => id.StartsWith("repository-team", StringComparison.Ordinal)), Is.EqualTo(3));
            Assert.That(
                @base.Ids("aws_ssm_parameter").Count(id => id.StartsWith("parameter-feature", StringComparison.Ordinal)), Is.EqualTo(3));
            Assert.That(@base.Ids("aws_secretsmanager_secret").Count(id => id.StartsWith("secret-partners", StringComparison.Ordinal)),
                Is.EqualTo(3));
            Assert.That(@base.Ids("aws_s3_bucket").Count(id => id.StartsWith("site-", StringComparison.Ordinal)), Is.EqualTo(2));
        });
    }

    [Test, Property("Row", "D6")]
    public void Outputs_OfStrangeNames_AreReadUnderTheNameTheyAreWritten()
    {
        string runtime = CanonicalJson.Write(Variants.Extremes.Value.Runtime.Json);
        string[] secrets =
            [.. ((JObject)Variants.Extremes.Value.Base.Json["output"]!)
                .Properties()
                .Select(output => output.Name)
                .Where(name => name.StartsWith("secret_", StringComparison.Ordinal))];

        Assert.Multiple(() =>
        {
            Assert.That(secrets, Has.Length.EqualTo(2));
            Assert.That(secrets, Is.All.Match("^[a-z0-9_]+$"));
            foreach (string secret in secrets)
                Assert.That(runtime, Does.Contain($"data.terraform_remote_state.base.outputs.{secret}}}"));
        });
    }
}
