using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>The schedule of system D, as applied.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class ScheduleDeployedTests
{
    private static AppliedStack Base => AppliedEnvironment.DurableCode.Base;

    [TestCase("schedules_wake", "cron(0 8 ? * MON,TUE,WED,THU,FRI *)")]
    [TestCase("schedules_sleep", "cron(0 20 ? * MON,TUE,WED,THU,FRI *)")]
    [Property("Row", "D10")]
    public void Timetable_IsThatOfTheRequirement(string id, string cron)
    {
        JObject schedule = Base.Resource("aws_scheduler_schedule", id);
        Assert.Multiple(() =>
        {
            Assert.That((string?)schedule["schedule_expression"], Is.EqualTo(cron));
            Assert.That((string?)schedule["schedule_expression_timezone"], Is.EqualTo("America/New_York"));
            Assert.That((string?)schedule["state"], Is.EqualTo("ENABLED"));
            Assert.That((string?)schedule["target"]![0]!["arn"], Is.EqualTo("arn:aws:scheduler:::aws-sdk:codebuild:startBuild"));
        });
    }

    [Test, Property("Row", "D10"), Property("Row", "S13")]
    public void Build_IsNotPrivileged_AndItsLogsHaveRetention()
    {
        JObject project = Base.Resource("aws_codebuild_project", "cycle");
        Assert.Multiple(() =>
        {
            Assert.That((bool)project["environment"]![0]!["privileged_mode"]!, Is.False);
            Assert.That((int?)project["concurrent_build_limit"] ?? 0, Is.Zero, "StartBuild would fail while a build is running");
            Assert.That((string?)project["artifacts"]![0]!["type"], Is.EqualTo("NO_ARTIFACTS"));
            Assert.That((int)Base.Resource("aws_cloudwatch_log_group", "cycle")["retention_in_days"]!, Is.GreaterThan(0));
            Assert.That(
                (string?)Base.Resource("aws_s3_bucket_server_side_encryption_configuration", "deployments_encryption")
                    .SelectToken("$..sse_algorithm"), Is.Not.Null.And.Not.Empty);
        });
    }

    [Test, Property("Row", "D10")]
    public void Override_StartsAsNone() =>
        Assert.That((string?)Base.Resource("aws_ssm_parameter", "schedule-override")["insecure_value"], Is.EqualTo("none"));
}
