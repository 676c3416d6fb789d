using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ServiceTests
{
    private static readonly Lazy<SynthesizedStack> Stack = new(() => ServiceStack.Synthesize(ServiceStack.Config));

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
            (string?)ServiceStack.Synthesize(ServiceStack.Config with { Architecture = CpuArchitecture.Arm64 })
                .Single("aws_ecs_task_definition")["runtime_platform"]!["cpu_architecture"],
            Is.EqualTo("ARM64"));

    [Test]
    public void CommandAndEntryPoint_AreOnlyInTheServicesContainer()
    {
        string containers = (string)ServiceStack.Synthesize(ServiceStack.Config with { Command = ["worker"], EntryPoint = ["/start"] })
            .Single("aws_ecs_task_definition")["container_definitions"]!;

        Assert.Multiple(() =>
        {
            Assert.That(containers, Does.Contain(" : [\"worker\"])}"));
            Assert.That(containers, Does.Contain("? null : [\"/start\"])}"));
            Assert.That((string)Task["container_definitions"]!, Does.Not.Contain("entryPoint"));
        });
    }

    [Test, Property("Row", "T2"), Property("Row", "D4")]
    public void Deployment_IsRolling_WithRollback()
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
            Assert.That(EcsService["depends_on"]!.Values<string>(), Does.Contain("aws_lb_listener_rule.backend"));
        });
    }

    [Test, Property("Row", "S1"), Property("Row", "D2")]
    public void Tasks_AreInPrivateSubnets_WithoutAPublicAddress()
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
            Assert.That(
                (string?)Stack.Value.Data("aws_ssm_parameter", "release_backend")["name"], Is.EqualTo("/dev/acme/releases/backend"));
            Assert.That((string?)container["image"], Is.EqualTo(
                "data.aws_ssm_parameter.release_backend.insecure_value == \"none\" ? \"public.ecr.aws/docker/library/python:3.13-alpine\""
                + " : \"repo.example.com/acme/backend@${data.aws_ssm_parameter.release_backend.insecure_value}\""));
        });
    }

    // The circuit breaker rolls back to the previous revision, which must still be active.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
    [Test, Property("Row", "D11"), Property("Finding", "A14")]
    public void EarlierRevisions_StayActive() => Assert.That((bool?)Task["skip_destroy"], Is.True);

    [Test, Property("Finding", "A2")]
    public void Image_RunsUnchanged_IfConfigured_InEveryTaskOfTheService()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(ServiceStack.Config with
        {
            User = "image",
            ReadOnlyRoot = false,
            Migration = new MigrationConfig { Command = ["migrate"] },
            Jobs = new Dictionary<string, JobConfig> { ["nightly"] = new() { Schedule = "rate(1 day)", Command = ["sweep"] } },
        });

        Assert.Multiple(() =>
        {
            foreach (string id in new[] { "backend", "backend_migration", "backend_job_nightly" })
            {
                JObject container = ContainerText.Parse(stack.Resource("aws_ecs_task_definition", id)["container_definitions"]);
                Assert.That(container.ContainsKey("user"), Is.False, id);
                Assert.That((bool?)container["readonlyRootFilesystem"], Is.False, id);
            }
        });
    }

    [TestCase(false), TestCase(true)]
    [Property("Row", "S3")]
    public void Exec_IsOffByDefault(bool exec) =>
        Assert.That((bool?)ServiceStack.Synthesize(ServiceStack.Config with { Exec = exec })
            .Single("aws_ecs_service")["enable_execute_command"], Is.EqualTo(exec));

    [Test, Property("Row", "D11")]
    public void Deployment_IsRolledBack_WhenTheServicesAlarmsAreRaised()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(ServiceStack.Config, props => props with
        {
            DeploymentAlarms = new ServiceAlarms(props.Placement.Cluster, "alarms", new ServiceAlarmsProps
            {
                Context = props.Context,
                Service = "backend",
                Config = new ObservabilityConfig(),
                ClusterName = "acme-dev",
                ServiceName = "acme-dev-backend",
                Requests = RequestMetrics.ThroughLoadBalancer("a", "b"),
                AlertTopicArn = "arn:alerts",
            }).ForDeployments,
        });
        JObject service = stack.Single("aws_ecs_service");

        Assert.Multiple(() =>
        {
            Assert.That(service["alarms"]!["alarm_names"]!.Values<string>(),
                Is.EqualTo(new[] { "acme-dev-backend-response-time", "acme-dev-backend-5xx" }));
            Assert.That((bool?)service["alarms"]!["enable"], Is.True);
            Assert.That((bool?)service["alarms"]!["rollback"], Is.True);
            Assert.That(service["depends_on"]!.Values<string>(), Is.SupersetOf(new[]
            {
                "aws_cloudwatch_metric_alarm.backend_response-time", "aws_cloudwatch_metric_alarm.backend_5xx",
            }));
        });
    }

    [Test]
    public void Rollout_WithoutRoomForMore_DoesNotMoveTasksBetweenZones()
    {
        JObject service =
            ServiceStack.Synthesize(
                ServiceStack.Config with { Deployment = new RolloutConfig { MinimumHealthyPercent = 0, MaximumPercent = 100 } })
                    .Single("aws_ecs_service");

        Assert.Multiple(() =>
        {
            Assert.That((int?)service["deployment_minimum_healthy_percent"], Is.EqualTo(0));
            Assert.That((int?)service["deployment_maximum_percent"], Is.EqualTo(100));
            Assert.That((string?)service["availability_zone_rebalancing"], Is.EqualTo("DISABLED"));
        });
    }

    [Test]
    public void Worker_HasNeitherPortNorLoadBalancer()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(ServiceStack.Config with { Port = null, HealthCommand = ["app", "check"] });
        JObject service = stack.Single("aws_ecs_service");
        JObject container = ContainerText.Parse(stack.Single("aws_ecs_task_definition")["container_definitions"]);

        Assert.Multiple(() =>
        {
            Assert.That(service["load_balancer"], Is.Null);
            Assert.That(service["health_check_grace_period_seconds"], Is.Null, "ECS refuses it where no load balancer asks");
            Assert.That(container.ContainsKey("portMappings"), Is.False);
            Assert.That((string?)container["healthCheck"], Does.EndWith(
                " ? null : {\"command\":[\"CMD\",\"app\",\"check\"],\"interval\":15,\"timeout\":5,\"retries\":3,\"startPeriod\":60}"));
        });
    }

    [Test]
    public void CalledService_JoinsServiceConnect_UnderItsAlias()
    {
        JToken connect = ServiceStack.Synthesize(ServiceStack.Config with { Public = false }, props => props with
        {
            Connection = new ServiceConnection("arn:namespace", new ServiceConnectAlias("acme-dev-backend", "backend", 80)),
        }).Single("aws_ecs_service")["service_connect_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)connect["namespace"], Is.EqualTo("arn:namespace"));
            Assert.That((string?)connect["service"]![0]!["port_name"], Is.EqualTo("backend"));
            Assert.That((string?)connect["service"]![0]!["discovery_name"], Is.EqualTo("acme-dev-backend"));
            Assert.That((string?)connect["service"]![0]!["client_alias"]!["dns_name"], Is.EqualTo("backend"));
            Assert.That((int?)connect["service"]![0]!["client_alias"]!["port"], Is.EqualTo(80));
            Assert.That((string?)connect["log_configuration"]!["options"]!["awslogs-group"], Is.EqualTo("/ecs/acme-dev-backend"));
        });
    }

    [Test, Property("Row", "S3")]
    public void Sidecars_AreRestrictedLikeTheServicesContainer()
    {
        JObject task = ServiceStack.Synthesize(ServiceStack.Config with
        {
            DependsOn = new Dictionary<string, ContainerCondition> { ["agent"] = ContainerCondition.Healthy },
            Sidecars = new Dictionary<string, SidecarConfig>
            {
                ["agent"] =
                    new()
                    {
                        Image = "public.ecr.aws/acme/agent@sha256:0",
                        Essential = false,
                        Cpu = 64,
                        MemoryMiB = 128,
                        Port = 4317,
                        HealthCommand = ["/check"],
                    },
            },
        }).Single("aws_ecs_task_definition");
        IReadOnlyList<JObject> containers = ContainerText.ParseAll(task["container_definitions"]);
        JObject agent = containers[1];

        Assert.Multiple(() =>
        {
            Assert.That(containers.Select(container => (string?)container["name"]), Is.EqualTo(new[] { "backend", "agent" }));
            Assert.That((string?)containers[0]["dependsOn"]![0]!["condition"], Is.EqualTo("HEALTHY"));
            Assert.That((string?)agent["image"], Is.EqualTo("public.ecr.aws/acme/agent@sha256:0"));
            Assert.That((bool?)agent["essential"], Is.False);
            Assert.That((int?)agent["cpu"], Is.EqualTo(64));
            Assert.That((int?)agent["memory"], Is.EqualTo(128));
            Assert.That((bool?)agent["readonlyRootFilesystem"], Is.True);
            Assert.That((string?)agent["user"], Is.EqualTo("10001:10001"));
            Assert.That((string?)agent["linuxParameters"]!["tmpfs"]!.Single()["containerPath"], Is.EqualTo("/tmp"), "its own /tmp");
            Assert.That(task["volume"], Is.Null);
        });
    }
}
