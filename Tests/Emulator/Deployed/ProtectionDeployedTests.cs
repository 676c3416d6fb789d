using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Monitoring, firewall, backups and replication of an environment, as applied.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class ProtectionDeployedTests
{
    private static AppliedStack Base => AppliedEnvironment.DurableCode.Base;

    private static AppliedStack Runtime => AppliedEnvironment.DurableCode.Runtime;

    [Test, Property("Row", "D8")]
    public void Dashboard_ShowsTheCreatedLoadBalancerAndAlarms()
    {
        JToken[] widgets =
            [.. JObject.Parse((string)Runtime.Resource("aws_cloudwatch_dashboard", "dashboard")["dashboard_body"]!)["widgets"]!];
        string balancer = (string)Runtime.Resource("aws_lb", "alb")["arn_suffix"]!;
        string[] metrics =
            [.. widgets.SelectMany(widget => widget["properties"]!["metrics"] ?? new JArray())
                .Select(metric => string.Join(' ', metric.Take(4)))];

        Assert.Multiple(() =>
        {
            Assert.That(metrics, Does.Contain($"AWS/ApplicationELB HTTPCode_ELB_5XX_Count LoadBalancer {balancer}"));
            Assert.That(widgets[0]["properties"]!["alarms"]!.Values<string>(),
                Does.Contain((string?)Runtime.Resource("aws_cloudwatch_metric_alarm", "backend_cpu")["arn"]));
        });
    }

    [Test, Property("Row", "D8"), Property("Row", "L10")]
    public void Notifications_GoFromTheTopicToSlack()
    {
        JObject channel = Base.Single("aws_chatbot_slack_channel_configuration");
        string? topic = (string?)Base.Resource("aws_sns_topic", "alerts")["arn"];

        Assert.Multiple(() =>
        {
            Assert.That(channel["sns_topic_arns"]!.Values<string>(), Is.EqualTo(new[] { topic }));
            Assert.That((string?)channel["chat_configuration_arn"],
                Is.EqualTo("arn:aws:chatbot::111111111111:chat-configuration/slack-channel/durable-code-test-alerts"));
        });
    }

    [Test, Property("Row", "D9"), Property("Row", "S14")]
    public void Firewall_ProtectsTheLoadBalancer_AndLogs()
    {
        JObject acl = Runtime.Single("aws_wafv2_web_acl");
        JObject logging = Runtime.Single("aws_wafv2_web_acl_logging_configuration");

        Assert.Multiple(() =>
        {
            Assert.That((string?)Runtime.Single("aws_wafv2_web_acl_association")["resource_arn"],
                Is.EqualTo((string?)Runtime.Resource("aws_lb", "alb")["arn"]));
            Assert.That((string?)Runtime.Single("aws_wafv2_web_acl_association")["web_acl_arn"], Is.EqualTo((string?)acl["arn"]));
            Assert.That(logging["log_destination_configs"]!.Values<string>(),
                Is.EqualTo(new[] { (string?)Base.Resource("aws_cloudwatch_log_group", "waf-logs")["arn"] }));
        });
    }

    [Test, Property("Row", "D11")]
    public void Backup_SelectsForItsPlan() =>
        Assert.That((string?)Base.Single("aws_backup_selection")["plan_id"], Is.EqualTo((string?)Base.Single("aws_backup_plan")["id"]));

    [Test, Property("Row", "D11"), Property("Row", "H6")]
    public void DataBuckets_AreBackedUp_AndCopiedToAnotherRegion()
    {
        AppliedStack data = AppliedEnvironment.Hoopstat.Base;
        JObject selection = data.Single("aws_backup_selection");

        Assert.Multiple(() =>
        {
            Assert.That(selection["resources"]!.Values<string>(), Is.EquivalentTo(new[]
            {
                "arn:aws:s3:::hoopstat-haus-raw-data-prod", "arn:aws:s3:::hoopstat-haus-processed-data-prod",
                "arn:aws:s3:::hoopstat-haus-backup-prod",
            }));
            Assert.That((string?)data.Single("aws_backup_plan").SelectToken("$.rule[0].copy_action[0].destination_vault_arn"),
                Is.EqualTo((string?)data.Resource("aws_backup_vault", "backup-copy")["arn"]));
        });
    }

    [Test, Property("Row", "H6"), Property("Row", "S15")]
    public void State_IsCopiedToABucketInAnotherRegion()
    {
        JObject replica = AppliedEnvironment.Hoopstat.Bootstrap.Resource("aws_s3_bucket", "state-replica");

        Assert.Multiple(() =>
        {
            Assert.That((string?)replica["region"], Is.EqualTo("us-west-2"));
            Assert.That(
                (string?)AppliedEnvironment.Hoopstat.Bootstrap.Single("aws_s3_bucket_replication_configuration")
                    .SelectToken("$.rule[0].destination[0].bucket"),
                Is.EqualTo((string?)replica["arn"]));
        });
    }

    [Test, Property("Row", "H10"), Property("Row", "D10")]
    public void Budget_NotifiesTheTopic()
    {
        foreach (AppliedStack stack in new[] { Base, AppliedEnvironment.Hoopstat.Base })
            Assert.That(
                stack.Single("aws_budgets_budget")["notification"]!
                    .Select(notification => notification["subscriber_sns_topic_arns"]!.Values<string>()),
                Is.Not.Empty.And.All.EqualTo(new[] { (string?)stack.Resource("aws_sns_topic", "alerts")["arn"] }));
    }
}
