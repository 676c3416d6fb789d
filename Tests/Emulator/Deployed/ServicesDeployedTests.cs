using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements for containers, as applied: what ECS, Application Auto Scaling and EventBridge Scheduler return.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class ServicesDeployedTests
{
    private static AppliedStack Tap => AppliedEnvironment.Tap.Runtime;

    private static AppliedStack DurableCode => AppliedEnvironment.DurableCode.Runtime;

    private static AppliedStack Local => AppliedEnvironment.Local.Runtime;

    private static JArray Containers(AppliedStack stack, string task) =>
        JArray.Parse((string)stack.Resource("aws_ecs_task_definition", task)["container_definitions"]!);

    [Test, Property("Row", "T2")]
    public void Tap_RunsOneSmallTask_AndRollsBack()
    {
        JObject task = Tap.Resource("aws_ecs_task_definition", "backend");
        JObject service = Tap.Resource("aws_ecs_service", "backend");

        Assert.Multiple(() =>
        {
            Assert.That($"{task["cpu"]} {task["memory"]}", Is.EqualTo("256 512"));
            Assert.That((int?)service["desired_count"], Is.EqualTo(1));
            Assert.That((bool?)service["deployment_circuit_breaker"]![0]!["rollback"], Is.True);
            Assert.That((string?)Tap.Resource("aws_lb_target_group", "backend")["deregistration_delay"], Is.EqualTo("30"));
            Assert.That((string?)Tap.Resource("aws_lb_target_group", "backend")["health_check"]![0]!["path"], Is.EqualTo("/health"));
        });
    }

    [Test, Property("Row", "T11")]
    public void Tap_FirstDeployment_RunsThePlaceholder_AndHasItsMigration()
    {
        JToken container = Containers(Tap, "backend").Single();
        JToken migration = Containers(Tap, "backend_migration").Single(each => (string?)each["name"] == "migration");
        JToken user = Containers(Tap, "backend_migration").Single(each => (string?)each["name"] == "database-user");
        JToken output = Tap.Output("migrations")["backend"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)container["image"], Is.EqualTo("public.ecr.aws/docker/library/python:3.13-alpine"));
            Assert.That(
                migration["command"]!.Values<string>(), Is.EqualTo(new[] { "true" }), "nothing to migrate before the first release");
            Assert.That(user["secrets"]!.Select(secret => (string?)secret["name"]),
                Is.EquivalentTo(new[] { "DATABASE_URL", "PGUSER", "PGPASSWORD" }));
            Assert.That(migration["secrets"]!.Select(secret => (string?)secret["name"]),
                Does.Contain("DATABASE_URL").And.Not.Contain("PGPASSWORD"));
            Assert.That(container["secrets"]!.Select(secret => (string?)secret["name"]), Does.Not.Contain("PGPASSWORD"));
            Assert.That((string?)output["family"], Is.EqualTo("tap-backend-migration"));
            Assert.That((string?)output["task_definition_arn"],
                Is.EqualTo((string?)Tap.Resource("aws_ecs_task_definition", "backend_migration")["arn"]));
            Assert.That((string?)output["container"], Is.EqualTo((string?)migration["name"]));
        });
    }

    [TestCase("backend", "512", "1024"), TestCase("frontend", "256", "512")]
    [Property("Row", "D4")]
    public void DurableCode_RunsTwoTasksOfEach(string name, string cpu, string memory)
    {
        JObject task = DurableCode.Resource("aws_ecs_task_definition", name);
        JObject service = DurableCode.Resource("aws_ecs_service", name);

        Assert.Multiple(() =>
        {
            Assert.That((string?)task["cpu"], Is.EqualTo(cpu));
            Assert.That((string?)task["memory"], Is.EqualTo(memory));
            Assert.That((int?)service["desired_count"], Is.EqualTo(2));
            Assert.That((int?)service["deployment_minimum_healthy_percent"], Is.EqualTo(100));
            Assert.That((int?)service["health_check_grace_period_seconds"], Is.EqualTo(60));
            Assert.That((string?)DurableCode.Single("aws_ecs_cluster")["setting"]![0]!["value"], Is.EqualTo("enabled"));
        });
    }

    [Test, Property("Row", "D10")]
    public void DurableCode_ScalesWithinHours()
    {
        JObject evening = DurableCode.Resource("aws_appautoscaling_scheduled_action", "backend_evening");

        Assert.Multiple(() =>
        {
            Assert.That((int?)DurableCode.Resource("aws_appautoscaling_target", "backend")["max_capacity"], Is.EqualTo(4));
            Assert.That(DurableCode.Ids("aws_appautoscaling_policy"), Is.EqualTo(new[] { "backend_cpu", "backend_memory" }));
            Assert.That((string?)evening["timezone"], Is.EqualTo("America/New_York"));
            Assert.That((string?)evening["scalable_target_action"]![0]!["min_capacity"], Is.EqualTo("1"));
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

    [Test, Property("Row", "S3")]
    public void Containers_AreRestricted_IncludingSidecars()
    {
        foreach (AppliedStack stack in new[] { DurableCode, Local })
            foreach (string task in stack.Ids("aws_ecs_task_definition"))
                foreach (JToken container in Containers(stack, task))
                    Assert.Multiple(() =>
                    {
                        Assert.That((bool?)container["readonlyRootFilesystem"], Is.True, $"{task} {container["name"]}");
                        Assert.That((bool?)container["privileged"], Is.Not.True, $"{task} {container["name"]}");
                        Assert.That((string?)container["user"], Is.EqualTo("10001:10001"), $"{task} {container["name"]}");
                        Assert.That((bool?)container["linuxParameters"]!["initProcessEnabled"], Is.True, $"{task} {container["name"]}");
                    });
        Assert.That(Containers(Local, "backend").Select(container => (string?)container["name"]),
            Is.EquivalentTo(new[] { "backend", "collector" }));
    }

    [Test]
    public void Local_RunsItsJobOnSchedule_AndServicesCanCallEachOther()
    {
        JObject schedule = Local.Resource("aws_scheduler_schedule", "backend_job_clean-up");

        Assert.Multiple(() =>
        {
            Assert.That((string?)schedule["schedule_expression_timezone"], Is.EqualTo("Europe/Berlin"));
            Assert.That(
                (string?)schedule["target"]![0]!["ecs_parameters"]![0]!["task_definition_arn"],
                Is.EqualTo((string?)Local.Resource("aws_ecs_task_definition", "backend_job_clean-up")["arn"]));
            Assert.That((string?)Local.Single("aws_cloudwatch_event_target")["arn"],
                Is.EqualTo((string?)AppliedEnvironment.Local.Base.Resource("aws_sns_topic", "alerts")["arn"]), "notified of a failed job");
            Assert.That(
                (string?)Local.Resource("aws_ecs_service", "frontend")["service_connect_configuration"]![0]!["namespace"],
                Is.EqualTo((string?)AppliedEnvironment.Local.Base.Resource("aws_service_discovery_http_namespace", "services")["arn"]));
            Assert.That(
                (string?)Local.Resource("aws_ecs_service", "frontend")["capacity_provider_strategy"]![0]!["capacity_provider"],
                Is.EqualTo("FARGATE_SPOT"));
        });
    }
}
