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
    public void Dashboard_ShowsServicesLoadBalancerAndAlarms()
    {
        JToken[] widgets =
            [.. JObject.Parse((string)Runtime.Resource("aws_cloudwatch_dashboard", "dashboard")["dashboard_body"]!)["widgets"]!];
        string balancer = (string)Runtime.Resource("aws_lb", "alb")["arn_suffix"]!;
        string[] metrics =
            [.. widgets.SelectMany(widget => widget["properties"]!["metrics"] ?? new JArray())
                .Select(metric => string.Join(' ', metric.Take(4)))];

        Assert.Multiple(() =>
        {
            Assert.That(metrics, Does.Contain("AWS/ECS CPUUtilization ClusterName durable-code-test-cluster"));
            Assert.That(metrics, Does.Contain("ECS/ContainerInsights RunningTaskCount ClusterName durable-code-test-cluster"));
            Assert.That(metrics, Does.Contain($"AWS/ApplicationELB HTTPCode_ELB_5XX_Count LoadBalancer {balancer}"));
            Assert.That(widgets[0]["properties"]!["alarms"]!.Values<string>(),
                Does.Contain((string?)Runtime.Resource("aws_cloudwatch_metric_alarm", "backend_cpu")["arn"]));
        });
    }

    [TestCase("backend_cpu", "CPUUtilization", 80, 2)]
    [TestCase("backend_memory", "MemoryUtilization", 80, 2)]
    [TestCase("backend_5xx", "HTTPCode_Target_5XX_Count", 10, 3)]
    [TestCase("backend_unhealthy-hosts", "UnHealthyHostCount", 0, 5)]
    [TestCase("alb_5xx", "HTTPCode_ELB_5XX_Count", 10, 3)]
    [Property("Row", "D8")]
    public void Alarm_Exists_AndNotifiesTheTopic(string id, string metric, double threshold, int periods)
    {
        JObject alarm = Runtime.Resource("aws_cloudwatch_metric_alarm", id);

        Assert.Multiple(() =>
        {
            Assert.That((string?)alarm["metric_name"], Is.EqualTo(metric));
            Assert.That((double?)alarm["threshold"], Is.EqualTo(threshold));
            Assert.That((int?)alarm["evaluation_periods"], Is.EqualTo(periods));
            Assert.That(
                alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { (string?)Base.Resource("aws_sns_topic", "alerts")["arn"] }));
        });
    }

    [Test, Property("Row", "D8"), Property("Row", "L10")]
    public void Notifications_GoToEmailAndSlack()
    {
        JObject channel = Base.Single("aws_chatbot_slack_channel_configuration");
        string? topic = (string?)Base.Resource("aws_sns_topic", "alerts")["arn"];

        Assert.Multiple(() =>
        {
            Assert.That(channel["sns_topic_arns"]!.Values<string>(), Is.EqualTo(new[] { topic }));
            Assert.That((string?)channel["chat_configuration_arn"],
                Is.EqualTo("arn:aws:chatbot::111111111111:chat-configuration/slack-channel/durable-code-test-alerts"));
            Assert.That((string?)Base.Single("aws_sns_topic_subscription")["endpoint"], Is.EqualTo("alerts@example.com"));
        });
    }

    [Test, Property("Row", "D8"), Property("Row", "S12"), Property("Row", "L11")]
    public void EveryLogGroup_HasRetention() =>
        Assert.That(Base.Ids("aws_cloudwatch_log_group")
            .Select(id => (int?)Base.Resource("aws_cloudwatch_log_group", id)["retention_in_days"]), Is.Not.Empty.And.All.EqualTo(30));

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
            Assert.That(acl["rule"]!.OrderBy(rule => (int)rule["priority"]!).Select(rule => (string?)rule["name"]), Is.EqualTo(new[]
            {
                "denied-addresses", "rate", "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet",
                "AWSManagedRulesKnownBadInputsRuleSet",
            }));
            Assert.That(logging["log_destination_configs"]!.Values<string>(),
                Is.EqualTo(new[] { (string?)Base.Resource("aws_cloudwatch_log_group", "waf-logs")["arn"] }));
        });
    }

    [TestCase("backend"), TestCase("frontend")]
    [Property("Row", "D9"), Property("Row", "S4"), Property("Row", "L11")]
    public void Images_AreScanned_AndOldOnesExpire(string service)
    {
        JObject repository = Base.Resource("aws_ecr_repository", $"repository-{service}");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)repository["image_scanning_configuration"]!.Single()["scan_on_push"], Is.True);
            Assert.That((string?)repository["image_tag_mutability"], Is.EqualTo("IMMUTABLE"));
            Assert.That(
                JObject.Parse((string)Base.Resource("aws_ecr_lifecycle_policy", $"repository-{service}")["policy"]!)["rules"]!.Select(
                    rule => (int?)rule["selection"]!["countNumber"]),
                Is.EqualTo(new[] { 7, 20, 10 }), "days untagged; releases; other images");
        });
    }

    [Test, Property("Row", "D11")]
    public void Backup_RunsDailyAtTwo_AndImagesAreReplicated()
    {
        JToken rule = Base.Single("aws_backup_plan")["rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That($"{rule["schedule"]} {rule["schedule_expression_timezone"]}", Is.EqualTo("cron(0 2 * * ? *) America/New_York"));
            Assert.That((string?)Base.Single("aws_backup_vault")["arn"],
                Is.EqualTo("arn:aws:backup:us-west-2:111111111111:backup-vault:durable-code-test"));
            Assert.That((string?)Base.Single("aws_backup_selection")["plan_id"], Is.EqualTo((string?)Base.Single("aws_backup_plan")["id"]));
            Assert.That((string?)Base.Single("aws_ecr_replication_configuration")
                .SelectToken("$.replication_configuration[0].rule[0].destination[0].region"), Is.EqualTo("us-east-2"));
        });
    }

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
            Assert.That((string?)data.Resource("aws_backup_vault", "backup-copy")["arn"],
                Is.EqualTo("arn:aws:backup:us-west-2:111111111111:backup-vault:hoopstat-haus-prod"));
            Assert.That((string?)data.Single("aws_backup_plan").SelectToken("$.rule[0].copy_action[0].destination_vault_arn"),
                Is.EqualTo((string?)data.Resource("aws_backup_vault", "backup-copy")["arn"]));
            Assert.That((int?)data.Single("aws_backup_vault_lock_configuration")["min_retention_days"], Is.EqualTo(90));
        });
    }

    [Test, Property("Row", "H6"), Property("Row", "S15")]
    public void State_IsVersioned_Locked_AndCopiedToAnotherRegion()
    {
        AppliedStack bootstrap = AppliedEnvironment.Hoopstat.Bootstrap;

        Assert.Multiple(() =>
        {
            Assert.That((string?)bootstrap.Resource("aws_s3_bucket_versioning", "state_versioning")
                .SelectToken("$.versioning_configuration[0].status"), Is.EqualTo("Enabled"));
            Assert.That((string?)bootstrap.Resource("aws_s3_bucket", "state-replica")["region"], Is.EqualTo("us-west-2"));
            Assert.That((string?)bootstrap.Resource("aws_s3_bucket_versioning", "state-replica_versioning")
                .SelectToken("$.versioning_configuration[0].status"), Is.EqualTo("Enabled"));
            Assert.That(
                (string?)bootstrap.Single("aws_s3_bucket_replication_configuration").SelectToken("$.rule[0].destination[0].bucket"),
                Is.EqualTo((string?)bootstrap.Resource("aws_s3_bucket", "state-replica")["arn"]));
        });
    }

    [Test, Property("Row", "H10"), Property("Row", "D10")]
    public void Budget_SendsNotifications()
    {
        foreach (
            (AppliedStack stack, string limit, int told) in new[] { (Base, "60.0", 4), (AppliedEnvironment.Hoopstat.Base, "250.0", 3) })
        {
            JObject budget = stack.Single("aws_budgets_budget");
            Assert.Multiple(() =>
            {
                Assert.That((string?)budget["limit_amount"], Is.EqualTo(limit));
                Assert.That(budget["notification"]!.Count(), Is.EqualTo(told));
                Assert.That(
                    budget["notification"]!.SelectMany(notification => notification["subscriber_sns_topic_arns"]!.Values<string>())
                        .Distinct(),
                    Is.EqualTo(new[] { (string?)stack.Resource("aws_sns_topic", "alerts")["arn"] }));
            });
        }
    }
}
