using Infra.Configuration.Model;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ServiceScalingTests
{
    [Test]
    public void WithoutAutoscaling_TerraformKeepsTheNumberOfTasks()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(ServiceStack.Config);
        Assert.Multiple(() =>
        {
            Assert.That(stack.Single("aws_ecs_service")["lifecycle"], Is.Null);
            Assert.That(stack.Ids("aws_appautoscaling_target"), Is.Empty);
        });
    }

    [Test]
    public void WithAutoscaling_TheNumberOfTasksIsLeftToIt()
    {
        SynthesizedStack stack =
            ServiceStack.Synthesize(ServiceStack.Config with { Autoscaling = new AutoscalingConfig { Min = 2, Max = 6, CpuPercent = 55 } });
        JObject target = stack.Single("aws_appautoscaling_target");
        JToken tracking = stack.Single("aws_appautoscaling_policy")["target_tracking_scaling_policy_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That(
                stack.Single("aws_ecs_service")["lifecycle"]!["ignore_changes"]!.Values<string>(), Is.EqualTo(new[] { "desired_count" }));
            Assert.That((int?)target["min_capacity"], Is.EqualTo(2));
            Assert.That((int?)target["max_capacity"], Is.EqualTo(6));
            Assert.That((string?)target["resource_id"], Is.EqualTo("service/acme-dev/${aws_ecs_service.backend.name}"));
            Assert.That((double?)tracking["target_value"], Is.EqualTo(55));
            Assert.That(
                (string?)tracking["predefined_metric_specification"]!["predefined_metric_type"],
                Is.EqualTo("ECSServiceAverageCPUUtilization"));
        });
    }

    [Test, Property("Row", "D10")]
    public void Scaling_FollowsMemoryAndRequests_IfConfigured()
    {
        SynthesizedStack stack =
            ServiceStack.Synthesize(
                ServiceStack.Config with
                {
                    Autoscaling =
                    new AutoscalingConfig { Min = 1, Max = 4, MemoryPercent = 70, RequestsPerTask = 600 }
                });
        JToken Tracking(string what) =>
            stack.Resource("aws_appautoscaling_policy", $"backend_{what}")["target_tracking_scaling_policy_configuration"]!;

        Assert.Multiple(() =>
        {
            Assert.That((double?)Tracking("memory")["target_value"], Is.EqualTo(70));
            Assert.That((string?)Tracking("memory")["predefined_metric_specification"]!["predefined_metric_type"],
                Is.EqualTo("ECSServiceAverageMemoryUtilization"));
            Assert.That((double?)Tracking("requests")["target_value"], Is.EqualTo(600));
            Assert.That((string?)Tracking("requests")["predefined_metric_specification"]!["resource_label"],
                Is.EqualTo("app/acme/1/${aws_lb_target_group.backend.arn_suffix}"));
        });
    }

    [Test]
    public void Scaling_FollowsTheBacklogPerTask_IfConfigured()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(
            ServiceStack.Config with
            {
                Autoscaling = new AutoscalingConfig
                {
                    Min = 1,
                    Max = 4,
                    BacklogPerTask = new Dictionary<string, int> { ["orders"] = 100 },
                }
            },
            props => props with { QueueNames = new Dictionary<string, string> { ["orders"] = "acme-dev-orders" } });
        JToken tracking =
            stack.Resource("aws_appautoscaling_policy", "backend_backlog-orders")["target_tracking_scaling_policy_configuration"]!;
        JToken[] metrics = [.. tracking["customized_metric_specification"]!["metrics"]!];

        Assert.Multiple(() =>
        {
            Assert.That((double?)tracking["target_value"], Is.EqualTo(100));
            Assert.That((string?)metrics[0]["metric_stat"]!["metric"]!["metric_name"], Is.EqualTo("ApproximateNumberOfMessagesVisible"));
            Assert.That((string?)metrics[0]["metric_stat"]!["metric"]!["dimensions"]!.Single()["value"], Is.EqualTo("acme-dev-orders"));
            Assert.That((string?)metrics[1]["metric_stat"]!["metric"]!["namespace"], Is.EqualTo("ECS/ContainerInsights"));
            Assert.That((string?)metrics[1]["metric_stat"]!["metric"]!["metric_name"], Is.EqualTo("RunningTaskCount"));
            Assert.That((string?)metrics[2]["expression"], Is.EqualTo("messages / tasks"));
            Assert.That(metrics.Select(metric => (bool?)metric["return_data"]), Is.EqualTo(new bool?[] { false, false, true }));
        });
    }

    [Test, Property("Row", "D10")]
    public void Scaling_HasScheduledLimits_WhichDeploymentsDoNotChange()
    {
        SynthesizedStack stack = ServiceStack.Synthesize(ServiceStack.Config with
        {
            Autoscaling = new AutoscalingConfig
            {
                Min = 1,
                Max = 4,
                Schedules =
                    new Dictionary<string, ScheduledScalingConfig>
                    {
                        ["morning"] =
                        new() { Schedule = "cron(0 8 ? * MON-FRI *)", Timezone = "Europe/Berlin", Min = 2 }
                    },
            },
        });
        JObject action = stack.Resource("aws_appautoscaling_scheduled_action", "backend_morning");

        Assert.Multiple(() =>
        {
            Assert.That((string?)action["schedule"], Is.EqualTo("cron(0 8 ? * MON-FRI *)"));
            Assert.That((string?)action["timezone"], Is.EqualTo("Europe/Berlin"));
            Assert.That((string?)action["scalable_target_action"]!["min_capacity"], Is.EqualTo("2"));
            Assert.That((string?)action["scalable_target_action"]!["max_capacity"], Is.EqualTo("4"));
            Assert.That(stack.Single("aws_appautoscaling_target")["lifecycle"]!["ignore_changes"]!.Values<string>(),
                Is.EqualTo(new[] { "min_capacity", "max_capacity" }));
        });
    }

    [TestCase(1, 0, 0, "FARGATE 0 1")]
    [TestCase(1, 3, 2, "FARGATE 2 1, FARGATE_SPOT 0 3")]
    [TestCase(0, 1, 0, "FARGATE_SPOT 0 1")]
    [TestCase(0, 1, 1, "FARGATE 1 0, FARGATE_SPOT 0 1")]
    public void Capacity_HasTheConfiguredWeights(int onDemand, int spot, int @base, string expected)
    {
        JObject service =
            ServiceStack.Synthesize(
                ServiceStack.Config with { Capacity = new CapacityConfig { OnDemand = onDemand, Spot = spot, Base = @base } })
                    .Single("aws_ecs_service");

        Assert.Multiple(() =>
        {
            Assert.That(
                string.Join(
                    ", ", service["capacity_provider_strategy"]!.Select(
                        share => $"{share["capacity_provider"]} {share["base"]} {share["weight"]}")), Is.EqualTo(expected));
            Assert.That((bool?)service["force_new_deployment"], Is.True, "another strategy is another deployment, not another service");
        });
    }
}
