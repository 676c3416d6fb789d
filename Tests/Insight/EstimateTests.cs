using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight;

[TestFixture]
internal sealed class EstimateTests
{
    private const decimal Month = 730;

    private static Estimate Of(params (string Stack, string Json)[] stacks) =>
        Estimate.Of([.. stacks.Select(stack => new StackJson(stack.Stack, JObject.Parse(stack.Json)))], PriceList.Committed);

    private static Estimate Of(SynthesizedDeployment deployment) =>
        Estimate.Of([new StackJson("base", deployment.Base.Json), new StackJson("runtime", deployment.Runtime.Json)], PriceList.Committed);

    private static string Service(string strategy, int tasks = 4, string architecture = "X86_64") => $$"""
        { "resource": {
          "aws_ecs_task_definition": { "api": { "cpu": "512", "memory": "1024", "runtime_platform": { "cpu_architecture": "{{architecture}}" } } },
          "aws_ecs_service": { "api": { "desired_count": {{tasks}}, "task_definition": "${aws_ecs_task_definition.api.arn}", "capacity_provider_strategy": [{{strategy}}] } }
        } }
        """;

    [Test, Property("Row", "X5")]
    public void Tasks_AreChargedByCpuAndMemory() => Assert.That(
        Of(("runtime", Service(""))).AlwaysUsd, Is.EqualTo(4 * Month * (0.5m * 0.04048m + 1 * 0.004445m)));

    [Test, Property("Row", "X5")]
    public void TasksOnArm_CostLess() => Assert.That(
        Of(("runtime", Service("", architecture: "ARM64"))).AlwaysUsd, Is.EqualTo(4 * Month * (0.5m * 0.03238m + 1 * 0.00356m)));

    // Four tasks: the base first, the rest by weight.
    [TestCase("""{ "capacity_provider": "FARGATE_SPOT", "weight": 1 }""", 4)]
    [TestCase("""{ "capacity_provider": "FARGATE", "base": 1, "weight": 0 }, { "capacity_provider": "FARGATE_SPOT", "weight": 1 }""", 3)]
    [TestCase("""{ "capacity_provider": "FARGATE", "weight": 1 }, { "capacity_provider": "FARGATE_SPOT", "weight": 3 }""", 3)]
    [TestCase("""{ "capacity_provider": "FARGATE", "weight": 1 }""", 0)]
    [Property("Row", "X5")]
    public void TasksOnSpot_AreChargedAtSpotPrice(string strategy, int spot)
    {
        decimal task = Month * (0.5m * 0.04048m + 1 * 0.004445m);
        Assert.That(Of(("runtime", Service(strategy))).AlwaysUsd, Is.EqualTo((4 - spot) * task + spot * task * 0.3m));
    }

    [Test, Property("Finding", "A24"), Property("Finding", "A11")]
    public void AccountMonitoring_IsListed_AndNothingElseOfBootstrap()
    {
        Estimate estimate = Of(("bootstrap", """
            { "resource": {
              "aws_cloudtrail": { "account": {} }, "aws_config_configuration_recorder": { "account": {} }, "aws_securityhub_account": { "account": {} },
              "aws_s3_bucket": { "state": {} }, "aws_kms_key": { "state": {} } } }
            """));

        Assert.Multiple(() =>
        {
            Assert.That(estimate.NotCounted.Select(item => item.Type),
                Is.EqualTo(new[] { "aws_cloudtrail", "aws_config_configuration_recorder", "aws_securityhub_account" }));
            Assert.That(estimate.NotCounted.Select(item => item.Why), Is.All.Contains("USD"));
            Assert.That(estimate.Lines, Is.Empty);
        });
    }

    [Test, Property("Row", "X5")]
    public void LoadBalancer_HasAnAddressInEachZone()
    {
        Estimate estimate = Of(
            ("base", """{ "output": { "public_subnet_ids": { "value": ["a", "b", "c"] } } }"""),
            ("runtime", """
                { "data": { "terraform_remote_state": { "base": {} } },
                  "resource": { "aws_lb": { "alb": { "subnets": ["${data.terraform_remote_state.base.outputs.public_subnet_ids[0]}", "b", "c"] } } } }
                """));
        Assert.That(estimate.AlwaysUsd, Is.EqualTo(Month * (0.0225m + 3 * 0.005m)));
    }

    [Test, Property("Row", "X5")]
    public void Database_InTwoZones_IsChargedTwice()
    {
        Estimate estimate = Of(("base", """
            { "resource": { "aws_db_instance": { "db": { "instance_class": "db.t4g.micro", "allocated_storage": 20, "multi_az": true, "manage_master_user_password": true } } } }
            """));
        Assert.That(estimate.AlwaysUsd, Is.EqualTo(2 * (Month * 0.016m + 20 * 0.115m) + 0.4m));
    }

    [Test, Property("Row", "X5")]
    public void SizeWithoutAPrice_IsReported()
    {
        Estimate estimate = Of(
            ("base", """{ "resource": { "aws_db_instance": { "db": { "instance_class": "db.x9.huge", "allocated_storage": 20 } } } }"""));
        Assert.That(estimate.NotCounted.Select(item => item.Why), Is.EqualTo(new[] { "db.x9.huge has no price in prices.json" }));
    }

    [Test, Property("Row", "X5")]
    public void GatewayEndpoint_IsFree_InterfaceEndpointIsChargedByZone()
    {
        Estimate estimate = Of(("base", """
            { "resource": { "aws_vpc_endpoint": {
              "s3": { "vpc_endpoint_type": "Gateway" }, "ecr": { "vpc_endpoint_type": "Interface", "subnet_ids": ["a", "b"] } } } }
            """));
        Assert.That(estimate.AlwaysUsd, Is.EqualTo(2 * Month * 0.01m));
    }

    [Test, Property("Row", "X5")]
    public void BoostrapOfTheAccount_IsNotTheEnvironments() =>
        Assert.That(Of(("bootstrap", """{ "resource": { "aws_kms_key": { "state": {} } } }""")).AlwaysUsd, Is.Zero);

    [Test, Property("Row", "D10"), Property("Row", "X5")]
    public void Schedule_SavesSixtyFourPercentOfRuntime()
    {
        Estimate estimate = Of(Example.DurableCode.Deployment);
        Assert.Multiple(() =>
        {
            Assert.That(estimate.Hours with { Times = null }, Is.EqualTo(new Hours(60, "destroy")));
            Assert.That(estimate.SavedOnScheduled, Is.EqualTo(1 - 60m / 168).Within(0.0001m));
            Assert.That(
                estimate.Lines.Where(line => line.IsScheduled).Select(line => line.Stack).Distinct(), Is.EqualTo(new[] { "runtime" }));
            Assert.That(estimate.Lines.Where(line => line.Stack == "runtime" && !line.IsScheduled), Is.Empty);
        });
    }

    [Test, Property("Row", "D13"), Property("Row", "D10")]
    public void DurableCode_CostsUnderSixtyDollarsAMonth()
    {
        Estimate estimate = Of(Example.DurableCode.Deployment);
        Assert.That(estimate.ScheduledUsd, Is.LessThan(60).And.GreaterThan(20), "USD a month");
        Assert.That(estimate.AlwaysUsd, Is.GreaterThan(100), "and would not without its schedule");
    }

    [Test, Property("Row", "L11")]
    public void Scale_SavesOnlyTheTasks()
    {
        Estimate estimate = Of(SynthesizedDeployment.Of(WrittenEnvironment.Load("beta", """
            { "name": "beta", "project": "acme", "account": "111111111111", "region": "us-east-2",
              "services": { "api": { "port": 8000, "desired": 2 } }, "schedule": { "timezone": "America/Chicago", "mode": "scale" } }
            """)));
        Assert.That(
            estimate.Lines.Where(line => line.IsScheduled).Select(line => line.Address), Is.EqualTo(new[] { "aws_ecs_service.api" }));
    }

    [Test]
    public void WithoutASchedule_NothingIsSaved()
    {
        Estimate estimate = Of(Example.Tap.Deployment);
        Assert.That(estimate.ScheduledUsd, Is.EqualTo(estimate.AlwaysUsd));
        Assert.That(estimate.Saved, Is.Zero);
    }

    [Test]
    public void EveryPrice_HasItsPage_AndTheMonthOfItsVerification()
    {
        string file = Path.Combine(Infra.Operations.Workspace.Checkout.Find().Root, "Insight", "Costs", "prices.json");
        foreach (JProperty price in ((JObject)JObject.Parse(File.ReadAllText(file))["prices"]!).Properties())
        {
            Assert.That((string?)price.Value["source"], Does.StartWith("https://aws.amazon.com/"), price.Name);
            Assert.That((string?)price.Value["seen"], Is.Null.Or.Match("^20[0-9]{2}-[01][0-9]$"), price.Name);
            Assert.That((decimal)price.Value["usd"]!, Is.GreaterThan(0), price.Name);
        }
    }
}
