using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Services, migrations and jobs as applied: each names the created resources that it depends on.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class ServicesDeployedTests
{
    private static AppliedStack Tap => AppliedEnvironment.Tap.Runtime;

    private static AppliedStack DurableCode => AppliedEnvironment.DurableCode.Runtime;

    private static AppliedStack Local => AppliedEnvironment.Local.Runtime;

    private static JArray Containers(AppliedStack stack, string task) =>
        JArray.Parse((string)stack.Resource("aws_ecs_task_definition", task)["container_definitions"]!);

    [Test, Property("Row", "T11")]
    public void Tap_FirstDeployment_RunsThePlaceholder_AndHasItsMigration()
    {
        JToken container = Containers(Tap, "backend").Single();
        JToken migration = Containers(Tap, "backend_migration").Single(each => (string?)each["name"] == "migration");
        JToken output = Tap.Output("migrations")["backend"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)container["image"], Is.EqualTo("public.ecr.aws/docker/library/python:3.13-alpine"));
            Assert.That(
                migration["command"]!.Values<string>(), Is.EqualTo(new[] { "true" }), "nothing to migrate before the first release");
            Assert.That((string?)output["task_definition_arn"],
                Is.EqualTo((string?)Tap.Resource("aws_ecs_task_definition", "backend_migration")["arn"]));
            Assert.That((string?)output["container"], Is.EqualTo((string?)migration["name"]));
        });
    }

    [TestCase("backend"), TestCase("frontend")]
    [Property("Row", "D11")]
    public void DurableCode_RollsBackADeployment_OnAlarm(string name)
    {
        JToken alarms = DurableCode.Resource("aws_ecs_service", name)["alarms"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That((bool?)alarms["enable"], Is.True);
            Assert.That((bool?)alarms["rollback"], Is.True);
            Assert.That(alarms["alarm_names"]!.Values<string>(), Is.EquivalentTo(new[]
            {
                (string?)DurableCode.Resource("aws_cloudwatch_metric_alarm", $"{name}_5xx")["alarm_name"],
                (string?)DurableCode.Resource("aws_cloudwatch_metric_alarm", $"{name}_response-time")["alarm_name"],
            }));
        });
    }

    [Test]
    public void Local_RunsItsJobOnSchedule_AndServicesCanCallEachOther()
    {
        JObject schedule = Local.Resource("aws_scheduler_schedule", "backend_job_clean-up");

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)schedule["target"]![0]!["ecs_parameters"]![0]!["task_definition_arn"],
                Is.EqualTo((string?)Local.Resource("aws_ecs_task_definition", "backend_job_clean-up")["arn"]));
            Assert.That((string?)Local.Single("aws_cloudwatch_event_target")["arn"],
                Is.EqualTo((string?)AppliedEnvironment.Local.Base.Resource("aws_sns_topic", "alerts")["arn"]), "notified of a failed job");
            Assert.That(
                (string?)Local.Resource("aws_ecs_service", "frontend")["service_connect_configuration"]![0]!["namespace"],
                Is.EqualTo((string?)AppliedEnvironment.Local.Base.Resource("aws_service_discovery_http_namespace", "services")["arn"]));
        });
    }
}
