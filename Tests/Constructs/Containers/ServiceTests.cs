using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.LoadBalancing;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ServiceTests
{
    private static readonly ServiceConfig Config = new() { Cpu = 256, MemoryMiB = 512, Port = 8000, Desired = 1 };

    private static readonly Lazy<SynthesizedStack> Stack = new(() => Synthesize(Config));

    private static SynthesizedStack Synthesize(ServiceConfig config) => SynthesizedStack.Of(stack =>
    {
        var context = SynthesizedStack.Context();
        var cluster = new Cluster(stack, "cluster", new ClusterProps(context, "enabled"));
        _ = new Service(stack, "service-backend", new ServiceProps(
            context,
            config,
            cluster,
            ["private-1", "private-2"],
            "sg-ecs",
            new ServiceTargetProps(context, "backend", "vpc-1", "listener-1", 15001, "api.example.com", [], config.Port, config.HealthPath, config.DeregistrationDelaySeconds),
            new ServiceInBase("repo.example.com/acme/backend", "arn:execution", "arn:task", "/ecs/acme-dev-backend", "/dev/acme/releases/backend"),
            new Dictionary<string, string> { ["COLOR"] = "red" },
            new Dictionary<string, string> { ["KEY"] = "arn:key" }));
    });

    private static JObject EcsService => Stack.Value.Single("aws_ecs_service");

    private static JObject Task => Stack.Value.Single("aws_ecs_task_definition");

    [Test, Property("Row", "T2"), Property("Row", "D4")]
    public void Task_HasItsSizeAndRoles()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)Task["cpu"], Is.EqualTo("256"));
            Assert.That((string?)Task["memory"], Is.EqualTo("512"));
            Assert.That(Task["requires_compatibilities"]!.Values<string>(), Is.EqualTo(new[] { "FARGATE" }));
            Assert.That((string?)Task["network_mode"], Is.EqualTo("awsvpc"));
            Assert.That((string?)Task["execution_role_arn"], Is.EqualTo("arn:execution"));
            Assert.That((string?)Task["task_role_arn"], Is.EqualTo("arn:task"));
            Assert.That((string?)Task["runtime_platform"]!["cpu_architecture"], Is.EqualTo("X86_64"));
        });
    }

    [Test]
    public void Task_OnGraviton_SaysSo() =>
        Assert.That(
            (string?)Synthesize(Config with { Architecture = "arm64" }).Single("aws_ecs_task_definition")["runtime_platform"]!["cpu_architecture"],
            Is.EqualTo("ARM64"));

    [Test, Property("Row", "T2"), Property("Row", "D4")]
    public void Deployment_RollsAndRollsBack()
    {
        Assert.Multiple(() =>
        {
            Assert.That((int?)EcsService["desired_count"], Is.EqualTo(1));
            Assert.That((bool?)EcsService["deployment_circuit_breaker"]!["enable"], Is.True);
            Assert.That((bool?)EcsService["deployment_circuit_breaker"]!["rollback"], Is.True);
            Assert.That((int?)EcsService["deployment_minimum_healthy_percent"], Is.EqualTo(100));
            Assert.That((int?)EcsService["deployment_maximum_percent"], Is.EqualTo(200));
            Assert.That((int?)EcsService["health_check_grace_period_seconds"], Is.EqualTo(60));
            Assert.That((bool?)EcsService["wait_for_steady_state"], Is.True);
        });
    }

    [Test, Property("Row", "T2")]
    public void Requests_ReachTheServicesPort()
    {
        JToken balancer = EcsService["load_balancer"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)balancer["target_group_arn"], Is.EqualTo("${aws_lb_target_group.backend.arn}"));
            Assert.That((string?)balancer["container_name"], Is.EqualTo("backend"));
            Assert.That((int?)balancer["container_port"], Is.EqualTo(8000));
            Assert.That(EcsService["depends_on"]!.Values<string>(), Is.EqualTo(new[] { "aws_lb_listener_rule.backend" }));
        });
    }

    [Test, Property("Row", "S1"), Property("Row", "D2")]
    public void Tasks_StandInPrivateSubnets_WithoutAPublicAddress()
    {
        JToken network = EcsService["network_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That((bool?)network["assign_public_ip"], Is.False);
            Assert.That(network["subnets"]!.Values<string>(), Is.EqualTo(new[] { "private-1", "private-2" }));
            Assert.That(network["security_groups"]!.Values<string>(), Is.EqualTo(new[] { "sg-ecs" }));
        });
    }

    [Test, Property("Row", "S3"), Property("Row", "T11")]
    public void Image_IsTheOneInTheReleaseLedger_ByDigest()
    {
        JObject container = ContainerText.Parse(Task["container_definitions"]);

        Assert.Multiple(() =>
        {
            Assert.That((string?)Stack.Value.Data("aws_ssm_parameter", "release_backend")["name"], Is.EqualTo("/dev/acme/releases/backend"));
            Assert.That((string?)container["image"], Is.EqualTo(
                "data.aws_ssm_parameter.release_backend.insecure_value == \"none\" ? \"public.ecr.aws/docker/library/python:3.13-alpine\""
                + " : \"repo.example.com/acme/backend@${data.aws_ssm_parameter.release_backend.insecure_value}\""));
        });
    }

    [Test, Property("Row", "S3")]
    public void Scratch_IsAVolumeOfTheTask() =>
        Assert.That(Task["volume"]!.Select(volume => (string?)volume["name"]), Is.EqualTo(new[] { ContainerDefinition.ScratchVolume }));

    [TestCase(false), TestCase(true)]
    [Property("Row", "S3")]
    public void Exec_IsOffUnlessAsked(bool exec) =>
        Assert.That((bool?)Synthesize(Config with { Exec = exec }).Single("aws_ecs_service")["enable_execute_command"], Is.EqualTo(exec));

    [Test]
    public void WithoutAutoscaling_TerraformKeepsTheNumberOfTasks()
    {
        Assert.Multiple(() =>
        {
            Assert.That(EcsService["lifecycle"], Is.Null);
            Assert.That(Stack.Value.Ids("aws_appautoscaling_target"), Is.Empty);
        });
    }

    [Test]
    public void WithAutoscaling_TheNumberOfTasksIsLeftToIt()
    {
        SynthesizedStack stack = Synthesize(Config with { Autoscaling = new AutoscalingConfig { Min = 2, Max = 6, CpuPercent = 55 } });
        JObject target = stack.Single("aws_appautoscaling_target");
        JToken tracking = stack.Single("aws_appautoscaling_policy")["target_tracking_scaling_policy_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That(stack.Single("aws_ecs_service")["lifecycle"]!["ignore_changes"]!.Values<string>(), Is.EqualTo(new[] { "desired_count" }));
            Assert.That((int?)target["min_capacity"], Is.EqualTo(2));
            Assert.That((int?)target["max_capacity"], Is.EqualTo(6));
            Assert.That((string?)target["resource_id"], Is.EqualTo("service/acme-dev/${aws_ecs_service.backend.name}"));
            Assert.That((double?)tracking["target_value"], Is.EqualTo(55));
            Assert.That(
                (string?)tracking["predefined_metric_specification"]!["predefined_metric_type"], Is.EqualTo("ECSServiceAverageCPUUtilization"));
        });
    }
}
