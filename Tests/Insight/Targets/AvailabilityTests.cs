using Infra.Insight;
using Infra.Insight.Targets;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight.Targets;

/// <summary>Availability is the product of the service levels of the parts.</summary>
[Property("Row", "D-L6")]
internal sealed class AvailabilityTests
{
    private const string Service = """
        { "aws_ecs_service": { "api": { "desired_count": 2, "load_balancer": [{ "container_port": 8000 }] } } }
        """;

    [TestCase("""{}""", "", 99.98)]
    [TestCase("""{ "aws_db_instance": { "db": { "multi_az": true } } }""", "", 99.930010)]
    [TestCase("""{ "aws_db_instance": { "db": { "multi_az": false } } }""", "", 99.480100)]
    [TestCase("""{ "aws_dynamodb_table": { "t": {} } }""", "", 99.970003)]
    [TestCase(
        "{}", """{ "aws_appautoscaling_target": { "api": { "resource_id": "c/${aws_ecs_service.api.name}", "min_capacity": 1 } } }""",
        99.490050)]
    public void Requests_NeedLoadBalancerTasksAndData(string baseResources, string runtimeResources, double expected)
    {
        JObject runtime = JObject.Parse(Service);
        if (runtimeResources.Length > 0)
            runtime.Merge(JObject.Parse(runtimeResources));

        AvailabilityPath path = Availability.Of([Stack("base", JObject.Parse(baseResources)), Stack("runtime", runtime)]).Single();

        Assert.That(path.Name, Is.EqualTo("requests to api"));
        Assert.That((double)path.Percent, Is.EqualTo(expected).Within(0.000001));
    }

    [Test]
    public void ScheduledLimit_OfOneTask_Counts()
    {
        JObject runtime = JObject.Parse(Service);
        runtime.Merge(JObject.Parse("""
            {
              "aws_appautoscaling_target": { "api": { "resource_id": "service/c/${aws_ecs_service.api.name}", "min_capacity": 2 } },
              "aws_appautoscaling_scheduled_action": {
                "evening": {
                  "resource_id": "${aws_appautoscaling_target.api.resource_id}", "scalable_target_action": { "min_capacity": "1" }
                }
              }
            }
            """));
        StackJson stack = Stack("runtime", runtime);

        Assert.That(Availability.Tasks(stack.Find("aws_ecs_service.api")!, [.. stack.Resources]), Is.EqualTo(1));
    }

    [Test]
    public void SignInAndSites_AreSeparate()
    {
        StackJson stack = Stack("base", JObject.Parse(
            """{ "aws_cognito_user_pool": { "p": {} }, "aws_cloudfront_distribution": { "d": {} }, "aws_route53_record": { "r": {} } }"""));

        Assert.That(
            Availability.Of([stack, Stack("runtime", [])]).Select(path => (path.Name, path.Percent)),
            Is.EqualTo(new[] { ("sign-in", 99.9m), ("static sites", 99.8001m) }));
    }

    /// <summary>The design target: requests to the services of a production environment with two tasks and a standby.</summary>
    [TestCase("environments/prod.json", 99.92), Property("Row", "D13")]
    public void Production_MeetsTheTarget(string file, double expected)
    {
        Example example = Example.All.Single(each => each.File == file);

        AvailabilityPath path = Availability.Of(StackJson.ReadAll(example.Deployment.OutDir))
            .Single(each => each.Name.StartsWith("requests", StringComparison.Ordinal));

        Assert.That((double)path.Percent, Is.EqualTo(expected).Within(0.001));
        Assert.That(path.Percent, Is.GreaterThanOrEqualTo(Target.Availability));
        Assert.That(Target.Availability, Is.EqualTo(99.9m));
    }

    [Test]
    public void EveryLevel_HasItsAgreement() => Assert.That(
        ServiceLevel.All.Values.Select(level => level.Source), Is.All.StartsWith("https://aws.amazon.com/").And.All.Contains("/sla/"));

    internal static StackJson Stack(string name, JObject resources) => new(name, new JObject { ["resource"] = resources });
}
