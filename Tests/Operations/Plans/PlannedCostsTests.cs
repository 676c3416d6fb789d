using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Plans;

/// <summary>Cost of plans in Terraform's format: https://developer.hashicorp.com/terraform/internals/json-format</summary>
[Property("Row", "X5"), Property("Row", "T12")]
internal sealed class PlannedCostsTests
{
    private const decimal Month = 730, Task = Month * (0.5m * 0.04048m + 0.004445m), Nat = Month * 0.045m;

    private const string TaskArn = "arn:aws:ecs:us-east-2:111111111111:task-definition/acme-dev-api:7";

    private static readonly StackJson Runtime = new("runtime", JObject.Parse("""
        { "resource": {
          "aws_ecs_task_definition": { "api": { "family": "acme-dev-api", "cpu": "512", "memory": "1024" } },
          "aws_ecs_service": { "api": { "desired_count": 1, "task_definition": "${aws_ecs_task_definition.api.arn}" } },
          "aws_nat_gateway": { "a": {} }
        } }
        """));

    private static readonly string Definition = $$"""
        { "arn": "{{TaskArn}}", "family": "acme-dev-api", "cpu": "512", "memory": "1024", "runtime_platform": [] }
        """;

    [Test]
    public void ServiceThatAutoscalingHasScaled_AndThatThePlanKeeps_CostsWhatItDid()
    {
        string service = Service(count: 3);
        PlanCost cost = Of(
            NoOp("aws_ecs_task_definition", Definition),
            NoOp("aws_ecs_service", service),
            Change("aws_nat_gateway", "create", "null", "{}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cost.Before, Is.EqualTo(Math.Round(3 * Task, 2)));
            Assert.That(cost.After, Is.EqualTo(Math.Round((3 * Task) + Nat, 2)));
            Assert.That(cost.Lines, Is.EqualTo(new[]
            {
                new PlanCostLine("runtime", "aws_nat_gateway.api", null, "NAT gateway", 0, Math.Round(Nat, 2)),
            }));
            Assert.That(cost.NotIncluded, Is.Empty);
        }
    }

    /// <summary>The ARN of the new revision is only known after apply; which definition it is, is in the configuration.</summary>
    [Test]
    public void ReplacedTaskDefinition_IsChargedBySize()
    {
        PlanCost cost = Of(
            Change(
                "aws_ecs_task_definition", "replace", Definition,
                """{ "family": "acme-dev-api", "cpu": "1024", "memory": "2048" }""", """{ "arn": true }"""),
            Change("aws_ecs_service", "update", Service(count: 1), """{ "desired_count": 1 }""", """{ "task_definition": true }"""));
        PlanCostLine line = cost.Lines.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((line.Address, line.Before, line.After),
                Is.EqualTo(("aws_ecs_service.api", Math.Round(Task, 2), Math.Round(2 * Task, 2))));
            Assert.That((line.Was, line.Is), Is.EqualTo(("1 tasks of 0.5 vCPU, 1 GiB, x86", "1 tasks of 1 vCPU, 2 GiB, x86")));
        }
    }

    [Test]
    public void ServiceWithoutItsTaskDefinition_IsNamed_NotCountedAsFree()
    {
        PlanCost cost = Of(Change("aws_ecs_service", "delete", Service(count: 2), "null"));
        Assert.That(cost.ToString(), Is.EqualTo(
            "0.00 USD a month (unchanged), without what is charged by use; "
                + "not included: aws_ecs_service.api, because the size of its tasks is not in the state"));
    }

    [Test]
    public void SizeWithoutPrice_IsNamed() => Assert.That(
        Of(Change("aws_db_instance", "create", "null", """{ "instance_class": "db.x9.huge", "allocated_storage": 100 }""")).NotIncluded,
        Is.EqualTo(new[] { "db.x9.huge has no price in prices.json" }));

    /// <summary>An expression has no metric of its own: the state writes this as an empty list.</summary>
    [Test]
    public void AlarmOnExpression_CountsItsMetrics_AsCostDoes() => Assert.That(
        Of(Change("aws_cloudwatch_metric_alarm", "create", "null", """
            { "metric_query": [
              { "id": "e", "expression": "a/b", "metric": [] }, { "id": "a", "metric": [{ "namespace": "x" }] },
              { "id": "b", "metric": [{ "namespace": "x" }] }] }
            """)).After,
        Is.EqualTo(0.2m));

    [Test]
    public void ResourceThatIsOnlyForgotten_IsStillCharged() =>
        Assert.That(Of(Change("aws_nat_gateway", "forget", "{}", "null")).Difference, Is.Zero);

    [Test]
    public void StackWithoutChanges_CostsWhatCostSays_AndOneThatCannotBePlannedIsNamed()
    {
        decimal estimate = Math.Round(Estimate.Of([Runtime], PriceList.Committed).AlwaysUsd, 2);
        PlanCost unchanged = PlannedCosts.Of(
            [Runtime], new Dictionary<string, PlanContents?> { ["runtime"] = null }, new Dictionary<string, string>(), PriceList.Committed);
        PlanCost notPlanned = PlannedCosts.Of(
            [Runtime], new Dictionary<string, PlanContents?>(), new Dictionary<string, string> { ["runtime"] = "cannot be planned" },
            PriceList.Committed);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((unchanged.Before, unchanged.After), Is.EqualTo((estimate, estimate)));
            Assert.That(estimate, Is.GreaterThan(0));
            Assert.That((notPlanned.Before, notPlanned.After), Is.EqualTo((0m, 0m)));
            Assert.That(notPlanned.NotIncluded, Is.EqualTo(new[] { "runtime, which cannot be planned" }));
        }
    }

    /// <summary>The schedule is in base, as a block that the state has as a list.</summary>
    [Test]
    public void Schedule_OfTheState_IsThatOfTheSynthesizedStack()
    {
        const string Environment = """
            { "environment_variable": [
              { "name": "MODE", "value": "destroy" }, { "name": "WAKE", "value": "08:00" },
              { "name": "SLEEP", "value": "20:00" }, { "name": "DAYS", "value": "1 2 3 4 5" }] }
            """;
        var synthesized = new StackJson(
            "base", JObject.Parse($$"""{ "resource": { "aws_codebuild_project": { "cycle": { "environment": {{Environment}} } } } }"""));
        PlanContents basePlan = Plan($$"""
            { "address": "aws_codebuild_project.cycle", "mode": "managed", "type": "aws_codebuild_project",
              "change": { "actions": ["create"], "before": null, "after": { "environment": [{{Environment}}] } } }
            """);
        PlanCost cost = PlannedCosts.Of(
            [synthesized, Runtime], new Dictionary<string, PlanContents?> { ["base"] = basePlan, ["runtime"] = null },
            new Dictionary<string, string>(), PriceList.Committed);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cost.ScheduledBefore, Is.EqualTo(cost.Before), "no schedule is deployed");
            Assert.That(cost.ScheduledAfter, Is.EqualTo(cost.After * 60 / 168).Within(0.01m));
        }
    }

    /// <summary>A state can be of an earlier version of the schedule.</summary>
    [TestCase("""{ "environment": [{ "environment_variable": [{ "name": "MODE", "value": "destroy" }] }] }"""), TestCase("{}")]
    public void ScheduleThatCannotBeRead_IsAlwaysOn(string project)
    {
        var stack = new StackJson("base", JObject.Parse($$"""{ "resource": { "aws_codebuild_project": { "cycle": {{project}} } } }"""));
        Assert.That(Hours.Of([stack]), Is.EqualTo(Hours.Always));
    }

    [Test]
    public void SensitiveAttributes_AreNotRead()
    {
        PlanContents plan = Plan("""
            { "address": "aws_db_instance.a", "mode": "managed", "type": "aws_db_instance", "change": { "actions": ["create"], "before": null,
              "after": { "password": "secret", "engine": "postgres", "list": [{ "a": "secret" }] },
              "after_sensitive": { "password": true, "list": [{ "a": true }] } } }
            """);
        Assert.That(plan.After.Single().Values.Properties().Select(property => property.Name), Is.EqualTo(new[] { "engine" }));
    }

    private static string Service(int count) => $$"""{ "desired_count": {{count}}, "task_definition": "{{TaskArn}}" }""";

    private static string NoOp(string type, string values) => Change(type, "no-op", values, values);

    private static string Change(string type, string action, string before, string after, string unknown = "{}") => $$"""
        { "address": "{{type}}.api", "mode": "managed", "type": "{{type}}", "change": {
          "actions": {{(action == "replace" ? """["create", "delete"]""" : $"[\"{action}\"]")}},
          "before": {{before}}, "after": {{after}}, "after_unknown": {{unknown}} } }
        """;

    private static PlanContents Plan(params string[] changes) =>
        PlanContents.Parse($$"""{ "resource_changes": [{{string.Join(',', changes)}}] }""");

    private static PlanCost Of(params string[] changes) => PlannedCosts.Of(
        [Runtime], new Dictionary<string, PlanContents?> { ["runtime"] = Plan(changes) }, new Dictionary<string, string>(),
        PriceList.Committed);
}
