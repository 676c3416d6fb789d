using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Foundation;
using Infra.Constructs.LoadBalancing;
using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ServiceTests
{
    private static readonly ServiceConfig Config = new() { Cpu = 256, MemoryMiB = 512, Port = 8000, Desired = 1 };

    private static readonly Lazy<SynthesizedStack> Stack = new(() => Synthesize(Config));

    private static readonly string[] Subnets = ["private-1", "private-2"];

    private static SynthesizedStack Synthesize(ServiceConfig config, Func<ServiceProps, ServiceProps>? change = null) => SynthesizedStack.Of(stack =>
    {
        DeploymentContext context = SynthesizedStack.Context();
        var cluster = new Cluster(stack, "cluster", new ClusterProps(context, "enabled"));
        var props = new ServiceProps(
            context,
            "backend",
            config with { Environment = new Dictionary<string, string> { ["COLOR"] = "red" }, Secrets = new Dictionary<string, string> { ["KEY"] = "key" } },
            new TaskPlacement(cluster, Subnets, "sg-ecs"),
            new ServiceInBase("repo.example.com/acme/backend", "arn:execution", "arn:task", "/ecs/acme-dev-backend", "/dev/acme/releases/backend")
            {
                JobRoleArn = "arn:jobs", MigrationRoleArn = "arn:migration",
            },
            new VariableSources(context, new Dictionary<string, string> { ["key"] = "arn:key", ["database-master"] = "arn:master" }))
        {
            Target = !config.IsListening ? null : new ServiceTarget(stack, "target", new ServiceTargetProps(
                context, "backend", "vpc-1", new TargetListener("listener-1", "app/acme/1"), 15001, "api.example.com", [], 8000, config.HealthPath, config.DeregistrationDelaySeconds)),
        };
        props = change?.Invoke(props) ?? props;
        var service = new Service(stack, "service-backend", props);
        foreach ((string name, JobConfig job) in config.Jobs)
            _ = new Job(stack, $"job-{name}", new JobProps(name, job, props, service.Image, new JobGroup(stack, "jobs", new JobGroupProps(context, "arn:alerts"))));
        if (config.Migration is { } migration)
            _ = new Migration(stack, "migration", new MigrationProps(migration, props, service.Image));
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
        Assert.That(Task["volume"]!.Select(volume => (string?)volume["name"]), Is.EqualTo(new[] { "tmp" }));

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

    [Test, Property("Row", "D10")]
    public void Scaling_FollowsMemoryAndRequestsToo_WhereAsked()
    {
        SynthesizedStack stack = Synthesize(Config with { Autoscaling = new AutoscalingConfig { Min = 1, Max = 4, MemoryPercent = 70, RequestsPerTask = 600 } });
        JToken Tracking(string what) => stack.Resource("aws_appautoscaling_policy", $"backend_{what}")["target_tracking_scaling_policy_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That((double?)Tracking("memory")["target_value"], Is.EqualTo(70));
            Assert.That((string?)Tracking("memory")["predefined_metric_specification"]!["predefined_metric_type"], Is.EqualTo("ECSServiceAverageMemoryUtilization"));
            Assert.That((double?)Tracking("requests")["target_value"], Is.EqualTo(600));
            Assert.That((string?)Tracking("requests")["predefined_metric_specification"]!["resource_label"], Is.EqualTo("app/acme/1/${aws_lb_target_group.backend.arn_suffix}"));
        });
    }

    [Test, Property("Row", "D10")]
    public void Scaling_HasOtherLimitsAtOtherTimes_WhichDeploymentsLeaveAlone()
    {
        SynthesizedStack stack = Synthesize(Config with
        {
            Autoscaling = new AutoscalingConfig
            {
                Min = 1,
                Max = 4,
                Schedules = new Dictionary<string, ScheduledScalingConfig> { ["morning"] = new() { Schedule = "cron(0 8 ? * MON-FRI *)", Timezone = "Europe/Berlin", Min = 2 } },
            },
        });
        JObject action = stack.Resource("aws_appautoscaling_scheduled_action", "backend_morning");

        Assert.Multiple(() =>
        {
            Assert.That((string?)action["schedule"], Is.EqualTo("cron(0 8 ? * MON-FRI *)"));
            Assert.That((string?)action["timezone"], Is.EqualTo("Europe/Berlin"));
            Assert.That((string?)action["scalable_target_action"]!["min_capacity"], Is.EqualTo("2"));
            Assert.That((string?)action["scalable_target_action"]!["max_capacity"], Is.EqualTo("4"));
            Assert.That(stack.Single("aws_appautoscaling_target")["lifecycle"]!["ignore_changes"]!.Values<string>(), Is.EqualTo(new[] { "min_capacity", "max_capacity" }));
        });
    }

    [TestCase(1, 0, 0, "FARGATE 0 1")]
    [TestCase(1, 3, 2, "FARGATE 2 1, FARGATE_SPOT 0 3")]
    [TestCase(0, 1, 0, "FARGATE_SPOT 0 1")]
    [TestCase(0, 1, 1, "FARGATE 1 0, FARGATE_SPOT 0 1")]
    public void Capacity_IsSharedAsSaid(int onDemand, int spot, int @base, string expected)
    {
        JObject service = Synthesize(Config with { Capacity = new CapacityConfig { OnDemand = onDemand, Spot = spot, Base = @base } }).Single("aws_ecs_service");

        Assert.Multiple(() =>
        {
            Assert.That(
                string.Join(", ", service["capacity_provider_strategy"]!.Select(share => $"{share["capacity_provider"]} {share["base"]} {share["weight"]}")), Is.EqualTo(expected));
            Assert.That((bool?)service["force_new_deployment"], Is.True, "another strategy is another deployment, not another service");
        });
    }

    [Test, Property("Row", "D11")]
    public void Deployment_IsTakenBack_WhenTheServicesAlarmsGoOff()
    {
        SynthesizedStack stack = Synthesize(Config, props => props with
        {
            DeploymentAlarms = new ServiceAlarms(props.Placement.Cluster, "alarms", new ServiceAlarmsProps(
                props.Context, "backend", new ObservabilityConfig(), "acme-dev", "acme-dev-backend", RequestMetrics.ThroughLoadBalancer("a", "b"), "arn:alerts")).ForDeployments,
        });
        JObject service = stack.Single("aws_ecs_service");

        Assert.Multiple(() =>
        {
            Assert.That(service["alarms"]!["alarm_names"]!.Values<string>(), Is.EqualTo(new[] { "acme-dev-backend-response-time", "acme-dev-backend-5xx" }));
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
        JObject service = Synthesize(Config with { Deployment = new RolloutConfig { MinimumHealthyPercent = 0, MaximumPercent = 100 } }).Single("aws_ecs_service");

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
        SynthesizedStack stack = Synthesize(Config with { Port = null, HealthCommand = ["app", "check"] });
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
        JToken connect = Synthesize(Config with { Public = false }, props => props with
        {
            Connection = new ServiceConnection("arn:namespace", new ServedAs("acme-dev-backend", "backend", 80)),
        }).Single("aws_ecs_service")["service_connect_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)connect["namespace"], Is.EqualTo("arn:namespace"));
            Assert.That((string?)connect["service"]![0]!["port_name"], Is.EqualTo("http"));
            Assert.That((string?)connect["service"]![0]!["discovery_name"], Is.EqualTo("acme-dev-backend"));
            Assert.That((string?)connect["service"]![0]!["client_alias"]!["dns_name"], Is.EqualTo("backend"));
            Assert.That((int?)connect["service"]![0]!["client_alias"]!["port"], Is.EqualTo(80));
            Assert.That((string?)connect["log_configuration"]!["options"]!["awslogs-group"], Is.EqualTo("/ecs/acme-dev-backend"));
        });
    }

    [Test, Property("Row", "S3")]
    public void Sidecars_StandBesideTheContainer_AsConfinedAsIt()
    {
        JObject task = Synthesize(Config with
        {
            DependsOn = new Dictionary<string, string> { ["agent"] = "healthy" },
            Sidecars = new Dictionary<string, SidecarConfig>
            {
                ["agent"] = new() { Image = "public.ecr.aws/acme/agent@sha256:0", Essential = false, Cpu = 64, MemoryMiB = 128, Port = 4317, HealthCommand = ["/check"] },
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
            Assert.That(agent["mountPoints"]!.Select(mount => (string?)mount["sourceVolume"]), Is.EqualTo(new[] { "tmp-agent" }), "its own /tmp");
            Assert.That(task["volume"]!.Select(volume => (string?)volume["name"]), Is.EqualTo(new[] { "tmp", "tmp-agent" }));
        });
    }

    [Test]
    public void Job_RunsTheReleasedImage_BySchedule_WithTheServicesVariables()
    {
        SynthesizedStack stack = Synthesize(Config with
        {
            Architecture = "arm64",
            Jobs = new Dictionary<string, JobConfig>
            {
                ["nightly"] = new()
                {
                    Schedule = "cron(0 2 * * ? *)", Timezone = "Europe/Berlin", Command = ["sweep", "--all"], Cpu = 1024, MemoryMiB = 2048,
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
            Assert.That(container["environment"]!.Select(v => $"{v["name"]}={v["value"]}"), Is.EqualTo(new[] { "COLOR=red", "KEY=none", "MODE=job" }));
            Assert.That(container["secrets"], Is.Empty, "its own variable of the name stands instead of the service's secret");
            Assert.That((string?)schedule["schedule_expression"], Is.EqualTo("cron(0 2 * * ? *)"));
            Assert.That((string?)schedule["schedule_expression_timezone"], Is.EqualTo("Europe/Berlin"));
            Assert.That((string?)schedule["state"], Is.EqualTo("ENABLED"));
            Assert.That((string?)target["arn"], Is.EqualTo("${aws_ecs_cluster.cluster.arn}"));
            Assert.That((string?)target["role_arn"], Is.EqualTo("arn:jobs"));
            Assert.That((string?)target["ecs_parameters"]!["task_definition_arn"], Is.EqualTo("${aws_ecs_task_definition.backend_job_nightly.arn}"));
            Assert.That((bool?)target["ecs_parameters"]!["network_configuration"]!["assign_public_ip"], Is.False);
            Assert.That((int?)target["retry_policy"]!["maximum_event_age_in_seconds"], Is.EqualTo(3600));
            Assert.That((string?)stack.Resource("aws_cloudwatch_metric_alarm", "jobs_dropped")["dimensions"]!["ScheduleGroup"], Is.EqualTo("acme-dev-jobs"));
        });
    }

    [Test, Property("Row", "T11")]
    public void Migration_IsATaskOfItsOwn_WithTheMastersSecret()
    {
        SynthesizedStack stack = Synthesize(Config with
        {
            Migration = new MigrationConfig { Command = ["migrate", "up"], Secrets = new Dictionary<string, string> { ["MASTER"] = "database-master" } },
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
            Assert.That(container["secrets"]!.Select(v => $"{v["name"]}={v["valueFrom"]}"), Is.EqualTo(new[] { "KEY=arn:key", "MASTER=arn:master" }));
            Assert.That(
                ContainerText.Parse(stack.Resource("aws_ecs_task_definition", "backend")["container_definitions"])["secrets"]!.Select(v => (string?)v["name"]),
                Is.EqualTo(new[] { "KEY" }), "the service itself never gets the master's");
        });
    }
}
