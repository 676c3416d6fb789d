using Infra.Insight;
using Infra.Insight.Targets;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight.Targets;

/// <summary>Deployment and wake time are computed from the dependency graph.</summary>
[Property("Row", "D-L6")]
internal sealed class CriticalPathTests
{
    private static IEnumerable<Example> WithLoadBalancer => Example.WithServices.Where(example => !example.Config.Emulator);

    [Test]
    public void Path_IsTheLongestChain()
    {
        StackJson stack = AvailabilityTests.Stack("runtime", JObject.Parse("""
            {
              "aws_eip": { "nat": {} },
              "aws_nat_gateway": { "nat": { "allocation_id": "${aws_eip.nat.id}" } },
              "aws_lb": { "alb": {} },
              "aws_lb_target_group": { "api": { "health_check": { "interval": 15, "healthy_threshold": 2 } } },
              "aws_lb_listener": { "https": { "load_balancer_arn": "${aws_lb.alb.arn}" } },
              "aws_ecs_service": {
                "api": {
                  "depends_on": ["aws_lb_listener.https", "aws_nat_gateway.nat"],
                  "load_balancer": [{ "target_group_arn": "${aws_lb_target_group.api.arn}" }]
                }
              }
            }
            """));

        CriticalPath typical = CriticalPath.Of(stack, slow: false);
        CriticalPath slow = CriticalPath.Of(stack, slow: true);

        Assert.That(
            typical.Steps.Select(step => step.Address), Is.EqualTo(new[] { "aws_lb.alb", "aws_lb_listener.https", "aws_ecs_service.api" }));
        // 150 + 3 + (45 start + 15 stability + one health check of 15)
        Assert.That(typical.Total, Is.EqualTo(TimeSpan.FromSeconds(228)));
        // 187 + 10 + (90 start + 30 stability + two health checks of 15)
        Assert.That(slow.Total, Is.EqualTo(TimeSpan.FromSeconds(347)));
    }

    [Test]
    public void ManyIndependentResources_TakeATenthOfTheSum()
    {
        var buckets = new JObject();
        for (int number = 0; number < 200; number++)
            buckets[$"b{number}"] = new JObject();

        Assert.That(
            CriticalPath.Of(AvailabilityTests.Stack("base", new JObject { ["aws_s3_bucket"] = buckets }), slow: false).Total,
            Is.EqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void GatewayEndpoint_IsARoute_AndAStandbyTakesLonger()
    {
        StackJson stack = AvailabilityTests.Stack("base", JObject.Parse("""
            {
              "aws_vpc_endpoint": { "s3": { "vpc_endpoint_type": "Gateway" }, "ecs": { "vpc_endpoint_type": "Interface" } },
              "aws_db_instance": { "one": { "multi_az": false }, "two": { "multi_az": true } }
            }
            """));

        Assert.That(
            new[] { "aws_vpc_endpoint.s3", "aws_vpc_endpoint.ecs", "aws_db_instance.one", "aws_db_instance.two" }
                .Select(address => CriticalPath.TimeOf(stack, stack.Find(address)!, slow: false).TotalSeconds),
            Is.EqualTo(new[] { 3.0, 60, 452, 900 }));
    }

    [TestCaseSource(nameof(WithLoadBalancer)), Property("Row", "D13")]
    public void Deployment_TakesUnderTenMinutes_EvenIfEveryStepIsSlow(Example example) => Assert.That(
        DeploymentTimes.Of(StackJson.ReadAll(example.Deployment.OutDir), slow: true).Deployment,
        Is.LessThan(TimeSpan.FromMinutes(10)).And.GreaterThan(TimeSpan.FromMinutes(1)));

    [TestCaseSource(nameof(WithLoadBalancer)), Property("Row", "D13"), Property("Row", "D6")]
    public void Wake_TypicallyTakesUnderFiveMinutes(Example example) => Assert.That(
        DeploymentTimes.Of(StackJson.ReadAll(example.Deployment.OutDir), slow: false).Wake, Is.LessThan(TimeSpan.FromMinutes(5)));

    [TestCaseSource(nameof(WithLoadBalancer)), Property("Row", "D13")]
    public void Recovery_TakesUnderThirtyMinutes_EvenIfEveryStepIsSlow(Example example) => Assert.That(
        Recovery.Of(StackJson.ReadAll(example.Deployment.OutDir), slow: true).Select(recovery => recovery.Total),
        Is.All.LessThan(TimeSpan.FromMinutes(30)));

    [Test]
    public void EveryDuration_HasAKnownKindOfSource() => Assert.That(
        Duration.Types.Values.Concat(Duration.Steps.Values).Append(Duration.Other).Select(duration => duration.Kind)
            .Distinct(),
        Is.SubsetOf(Duration.Kinds.Keys));
}
