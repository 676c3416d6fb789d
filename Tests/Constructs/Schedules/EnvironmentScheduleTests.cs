using HashiCorp.Cdktf;
using Infra.Configuration.Model;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Schedules;
using Infra.Constructs.Storage;
using Infra.Contracts;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Schedules;

[TestFixture]
internal sealed class EnvironmentScheduleTests
{
    private static readonly ScheduleConfig Office = new() { Timezone = "America/Los_Angeles" };

    private static readonly ScaledService[] Services =
    [
        new("acme-dev", "acme-dev-api", 3, (2, 6)), new("acme-dev", "acme-dev-web", 1, null),
    ];

    private static readonly Lazy<SynthesizedStack> Destroying = new(() => Make(Office));
    private static readonly Lazy<SynthesizedStack> Scaling = new(() => Make(Office with { Mode = ScheduleMode.Scale }));

    private static SynthesizedStack Make(ScheduleConfig schedule, string? key = null) =>
        SynthesizedStack.Of(stack => Build(stack, schedule, key));

    private static void Build(TerraformStack stack, ScheduleConfig schedule, string? key)
    {
        var context = SynthesizedStack.Context() with { KeyArn = key };
        var logs = new LogBucket(stack, "access-logs", new LogBucketProps(context, "access-logs", 90, LogWriter.Buckets));
        new EnvironmentSchedule(stack, "schedule", new EnvironmentScheduleProps
        {
            Context = context,
            Schedule = schedule,
            Services = Services,
            AccessLogs = logs,
            Topic = new AlertTopicOutputs("arn:aws:sns:us-east-2:111111111111:acme-dev-alerts"),
            LogRetentionDays = 30,
        });
    }

    [TestCase("schedules_wake", "cron(0 8 ? * MON,TUE,WED,THU,FRI *)", "wake")]
    [TestCase("schedules_sleep", "cron(0 20 ? * MON,TUE,WED,THU,FRI *)", "sleep")]
    [Property("Row", "D10")]
    public void Timetable_IsInTheNamedZoneAndStartsTheBuild(string id, string cron, string action)
    {
        JObject schedule = Destroying.Value.Resource("aws_scheduler_schedule", id);
        Assert.Multiple(() =>
        {
            Assert.That((string?)schedule["schedule_expression"], Is.EqualTo(cron));
            Assert.That((string?)schedule["schedule_expression_timezone"], Is.EqualTo("America/Los_Angeles"));
            Assert.That((string?)schedule["flexible_time_window"]!["mode"], Is.EqualTo("OFF"));
            Assert.That((string?)schedule["target"]!["arn"], Is.EqualTo("arn:aws:scheduler:::aws-sdk:codebuild:startBuild"));
            Assert.That((int)schedule["target"]!["retry_policy"]!["maximum_event_age_in_seconds"]!, Is.EqualTo(3600));
            Assert.That((string?)schedule["target"]!["dead_letter_config"]!["arn"],
                Is.EqualTo("arn:aws:sqs:us-east-2:111111111111:acme-dev-missed-turns"));
        });
        JObject input = JObject.Parse((string)schedule["target"]!["input"]!);
        Assert.That((string?)input["ProjectName"], Is.EqualTo("${aws_codebuild_project.cycle.name}"));
        Assert.That((string?)input.SelectToken("EnvironmentVariablesOverride[0].Value"), Is.EqualTo(action));
    }

    [Test, Property("Row", "D10")]
    public void ScheduleRole_StartsTheOneProjectAndNothingElse()
    {
        SynthesizedStack stack = Destroying.Value;
        JObject role = stack.Resource("aws_iam_role", "schedule");
        JObject trust = (JObject)SynthesizedStack.Policy(role["assume_role_policy"])["Statement"]![0]!;
        JObject rights = SynthesizedStack.Policy(stack.Resource("aws_iam_role_policy", "schedule_start")["policy"]);
        Assert.Multiple(() =>
        {
            Assert.That((string?)role["permissions_boundary"], Is.EqualTo("arn:aws:iam::111111111111:policy/acme-boundary"));
            Assert.That((string?)trust["Principal"]!["Service"], Is.EqualTo("scheduler.amazonaws.com"));
            Assert.That((string?)trust.SelectToken("Condition.StringEquals.aws:SourceAccount"), Is.EqualTo("111111111111"));
            Assert.That((string?)trust.SelectToken("Condition.ArnLike.aws:SourceArn"),
                Is.EqualTo("arn:aws:scheduler:us-east-2:111111111111:schedule-group/acme-dev"));
            Assert.That((string?)SynthesizedStack.Statement(rights, "Start")["Resource"],
                Is.EqualTo("arn:aws:codebuild:us-east-2:111111111111:project/acme-dev-cycle"));
            Assert.That(
                rights["Statement"]!.SelectMany(
                    statement => statement["Action"] is JArray many ? many.Values<string>() : [(string?)statement["Action"]]),
                Is.EquivalentTo(new[] { "codebuild:StartBuild", "sqs:SendMessage" }));
        });
    }

    [Test, Property("Row", "D10"), Property("Row", "S13"), Property("Finding", "A12")]
    public void Build_IsNotPrivilegedNotLimitedAndLogged()
    {
        SynthesizedStack stack = Destroying.Value;
        JObject project = stack.Resource("aws_codebuild_project", "cycle");
        Assert.Multiple(() =>
        {
            Assert.That((bool)project["environment"]!["privileged_mode"]!, Is.False);
            Assert.That(
                (string?)project["environment"]!["type"], Is.EqualTo("ARM_CONTAINER"), "the pinned checksum is that of linux_arm64");
            Assert.That(project["concurrent_build_limit"], Is.Null, "StartBuild would fail while a build is running");
            Assert.That((int)project["build_timeout"]!, Is.EqualTo(45));
            Assert.That((string?)project["artifacts"]!["type"], Is.EqualTo("NO_ARTIFACTS"));
            Assert.That((string?)project["logs_config"]!["cloudwatch_logs"]!["group_name"], Is.EqualTo("/aws/codebuild/acme-dev-cycle"));
            Assert.That((int)stack.Resource("aws_cloudwatch_log_group", "cycle")["retention_in_days"]!, Is.EqualTo(30));
            Assert.That((string?)project["service_role"], Is.EqualTo("arn:aws:iam::111111111111:role/acme-dev-infra-cycle"));
            Assert.That((string?)project["source"]!["location"], Is.EqualTo("acme-deployments-dev-111111111111/runtime/deployment.zip"));
        });
        Dictionary<string, JToken> variables =
            project["environment"]!["environment_variable"]!.ToDictionary(variable => (string)variable["name"]!);
        Assert.Multiple(() =>
        {
            Assert.That((string?)variables["OVERRIDE"]["type"], Is.EqualTo("PARAMETER_STORE"));
            Assert.That((string?)variables["OVERRIDE"]["value"], Is.EqualTo("/dev/acme/schedule/override"));
            Assert.That((string?)variables["ACTION"]["value"], Is.EqualTo("auto"), "started by hand, it does what the timetable says");
            Assert.That((string?)variables["DAYS"]["value"], Is.EqualTo("1 2 3 4 5"));
            Assert.That((string?)variables["TERRAFORM_SHA256"]["value"], Has.Length.EqualTo(64));
        });
    }

    [Test, Property("Row", "S13")]
    public void DeploymentBucket_IsEncryptedVersionedPrivateAndExpiresOldVersions()
    {
        SynthesizedStack stack = Destroying.Value;
        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Resource("aws_s3_bucket", "deployments")["bucket"], Is.EqualTo("acme-deployments-dev-111111111111"));
            Assert.That(
                stack.Resource("aws_s3_bucket_server_side_encryption_configuration", "deployments_encryption")
                    .SelectTokens("$..sse_algorithm").Select(token => (string?)token),
                Is.SubsetOf(new[] { "AES256", "aws:kms" }).And.Not.Empty);
            Assert.That(
                (string?)stack.Resource("aws_s3_bucket_versioning", "deployments_versioning")["versioning_configuration"]!["status"],
                Is.EqualTo("Enabled"));
            Assert.That(
                (bool)stack.Resource("aws_s3_bucket_public_access_block", "deployments_public_access")["block_public_policy"]!, Is.True);
            Assert.That(
                (int)stack.Resource("aws_s3_bucket_lifecycle_configuration",
                    "deployments_lifecycle")["rule"]![0]!["noncurrent_version_expiration"]![0]!["noncurrent_days"]!,
                Is.EqualTo(90));
        });
    }

    [Test, Property("Row", "D10")]
    public void Override_IsCreatedByTerraformAndWrittenByOthers()
    {
        JObject parameter = Destroying.Value.Resource("aws_ssm_parameter", "schedule-override");
        Assert.That((string?)parameter["name"], Is.EqualTo("/dev/acme/schedule/override"));
        Assert.That((string?)parameter["insecure_value"], Is.EqualTo("none"));
        Assert.That(parameter["lifecycle"]!["ignore_changes"]!.Values<string>(), Is.EqualTo(new[] { "insecure_value" }));
    }

    [Test, Property("Row", "D10")]
    public void FailedScheduledAction_RaisesAnAlarm()
    {
        foreach ((string id, string space, string metric) in new[]
        {
            ("missed-turns_not-started", "AWS/SQS", "ApproximateNumberOfMessagesVisible"),
            ("missed-turns_failed", "AWS/CodeBuild", "FailedBuilds"),
        })
        {
            JObject alarm = Destroying.Value.Resource("aws_cloudwatch_metric_alarm", id);
            Assert.Multiple(() =>
            {
                Assert.That((string?)alarm["namespace"], Is.EqualTo(space));
                Assert.That((string?)alarm["metric_name"], Is.EqualTo(metric));
                Assert.That((int)alarm["threshold"]!, Is.EqualTo(1));
                Assert.That(
                    alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:aws:sns:us-east-2:111111111111:acme-dev-alerts" }));
            });
        }
    }

    [Test, Property("Row", "S12")]
    public void DeadLetterQueue_IsEncrypted()
    {
        const string Key = "arn:aws:kms:us-east-2:111111111111:key/0";
        Assert.That((bool)Destroying.Value.Resource("aws_sqs_queue", "missed-turns")["sqs_managed_sse_enabled"]!, Is.True);
        SynthesizedStack own = Make(Office, Key);
        Assert.Multiple(() =>
        {
            Assert.That((string?)own.Resource("aws_sqs_queue", "missed-turns")["kms_master_key_id"], Is.EqualTo(Key));
            Assert.That((string?)own.Resource("aws_codebuild_project", "cycle")["encryption_key"], Is.EqualTo(Key));
            Assert.That((string?)own.Resource("aws_scheduler_schedule", "schedules_wake")["kms_key_arn"], Is.EqualTo(Key));
        });
    }

    [Test, Property("Row", "L11")]
    public void Scale_NeedsNoStoredDeploymentAndNamesTheServices()
    {
        SynthesizedStack stack = Scaling.Value;
        JObject project = stack.Resource("aws_codebuild_project", "cycle");
        Dictionary<string, string> variables = project["environment"]!["environment_variable"]!.ToDictionary(
            variable => (string)variable["name"]!, variable => (string)variable["value"]!);
        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_s3_bucket"), Is.EqualTo(new[] { "access-logs" }));
            Assert.That((string?)project["source"]!["type"], Is.EqualTo("NO_SOURCE"));
            Assert.That(variables["MODE"], Is.EqualTo("scale"));
            Assert.That(variables["SERVICES"], Is.EqualTo("acme-dev acme-dev-api 3 2 6\nacme-dev acme-dev-web 1 - -"));
            Assert.That(variables.Keys, Does.Not.Contain("TERRAFORM_VERSION"));
        });
    }

    [Test]
    public void Cron_TakesDaysInTheOrderOfTheWeek() =>
        Assert.That(RuntimeSchedules.Cron("07:30", [Weekday.Sun, Weekday.Mon]), Is.EqualTo("cron(30 7 ? * MON,SUN *)"));
}
