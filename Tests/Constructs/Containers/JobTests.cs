using Infra.Configuration.Model;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

/// <summary>Jobs and migrations: separate tasks with a service's image.</summary>
internal sealed class JobTests
{
    [Test]
    public void Job_RunsTheReleasedImage_BySchedule_WithTheServicesVariables()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(ServiceStack.Config with
        {
            Architecture = CpuArchitecture.Arm64,
            Jobs = new Dictionary<string, JobConfig>
            {
                ["nightly"] = new()
                {
                    Schedule = "cron(0 2 * * ? *)",
                    Timezone = "Europe/Berlin",
                    Command = ["sweep", "--all"],
                    Cpu = 1024,
                    MemoryMiB = 2048,
                    Environment = new Dictionary<string, string> { ["KEY"] = "none", ["MODE"] = "job" },
                },
            },
        });
        JObject task = stack.Resource("aws_ecs_task_definition", "backend_job_nightly");
        JObject container = ContainerText.Parse(task["container_definitions"]);
        JObject schedule = stack.Single("aws_scheduler_schedule");
        JToken target = schedule["target"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)task["family"], Is.EqualTo("acme-dev-backend_nightly"));
            Assert.That((string?)task["cpu"], Is.EqualTo("1024"));
            Assert.That((string?)task["runtime_platform"]!["cpu_architecture"], Is.EqualTo("ARM64"));
            Assert.That((string?)container["command"], Does.EndWith(" ? [\"true\"] : [\"sweep\",\"--all\"]"));
            Assert.That(container["environment"]!.Select(v => $"{v["name"]}={v["value"]}"),
                Is.EqualTo(new[] { "COLOR=red", "KEY=none", "MODE=job" }));
            Assert.That(container["secrets"], Is.Empty, "its own variable of the name stands instead of the service's secret");
            Assert.That((string?)schedule["schedule_expression"], Is.EqualTo("cron(0 2 * * ? *)"));
            Assert.That((string?)schedule["schedule_expression_timezone"], Is.EqualTo("Europe/Berlin"));
            Assert.That((string?)schedule["state"], Is.EqualTo("ENABLED"));
            Assert.That((string?)target["arn"], Is.EqualTo("${aws_ecs_cluster.cluster.arn}"));
            Assert.That((string?)target["role_arn"], Is.EqualTo("arn:jobs"));
            Assert.That((string?)target["ecs_parameters"]!["task_definition_arn"],
                Is.EqualTo("${aws_ecs_task_definition.backend_job_nightly.arn}"));
            Assert.That((bool?)target["ecs_parameters"]!["network_configuration"]!["assign_public_ip"], Is.False);
            Assert.That((int?)target["retry_policy"]!["maximum_event_age_in_seconds"], Is.EqualTo(3600));
            Assert.That((string?)stack.Resource("aws_cloudwatch_metric_alarm", "jobs_dropped")["dimensions"]!["ScheduleGroup"],
                Is.EqualTo("acme-dev-jobs"));
        });
    }

    [Test, Property("Row", "D8")]
    public void Job_ThatFailsOrDoesNotStart_IsReported()
    {
        SynthesizedStack stack =
            ServiceStack.Synthesize(
                ServiceStack.Config with
                {
                    Jobs =
                    new Dictionary<string, JobConfig> { ["nightly"] = new() { Schedule = "rate(1 day)", Command = ["sweep"] } }
                });
        JObject detail = (JObject)JObject.Parse((string)stack.Single("aws_cloudwatch_event_rule")["event_pattern"]!)["detail"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Single("aws_cloudwatch_event_target")["arn"], Is.EqualTo("arn:alerts"));
            Assert.That((string?)detail["clusterArn"]!.Single(), Is.EqualTo("arn:aws:ecs:us-east-2:111111111111:cluster/acme-dev"));
            Assert.That(detail["group"]!.Values<string>(), Is.EqualTo(new[] { "family:acme-dev-backend_nightly" }),
                "of jobs alone, not of services");
            Assert.That(detail["$or"]!.ToString(Newtonsoft.Json.Formatting.None),
                Is.EqualTo("""[{"containers":{"exitCode":[{"anything-but":[0]}]}},{"stopCode":["TaskFailedToStart"]}]"""));
        });
    }

    [Test, Property("Row", "T11")]
    public void Migration_IsASeparateTask_WithTheMasterSecret()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(ServiceStack.Config with
        {
            Migration =
                new MigrationConfig
                {
                    Command = ["migrate", "up"],
                    Secrets = new Dictionary<string, string> { ["MASTER"] = "database-master" },
                },
        });
        JObject task = stack.Resource("aws_ecs_task_definition", "backend_migration");
        JObject container = ContainerText.Parse(task["container_definitions"]);

        Assert.Multiple(() =>
        {
            Assert.That((string?)task["family"], Is.EqualTo("acme-dev-backend-migration"));
            Assert.That((string?)task["execution_role_arn"], Is.EqualTo("arn:migration"));
            Assert.That((string?)task["task_role_arn"], Is.EqualTo("arn:task"));
            Assert.That((string?)container["name"], Is.EqualTo("migration"));
            Assert.That((string?)container["command"], Does.EndWith(" : [\"migrate\",\"up\"]"));
            Assert.That(container["secrets"]!.Select(v => $"{v["name"]}={v["valueFrom"]}"),
                Is.EqualTo(new[] { "KEY=arn:key", "MASTER=arn:master" }));
            Assert.That(
                ContainerText.Parse(stack.Resource("aws_ecs_task_definition", "backend")["container_definitions"])["secrets"]!.Select(
                    v => (string?)v["name"]),
                Is.EqualTo(new[] { "KEY" }), "the service itself never gets the master's");
        });
    }
}
