using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks.LiteralValues;

/// <summary>System D: literal names and values.</summary>
internal sealed class DurableCodeTests
{
    private static SynthesizedStack Base => Example.DurableCode.Base;

    private static SynthesizedStack Runtime => Example.DurableCode.Runtime;

    [TestCase("Project", "durable-code-test"), TestCase("ManagedBy", "terraform"), TestCase("ProductDomain", "durableai")]
    [TestCase("Environment", "dev"), TestCase("Deployment", "durable-code-test/dev")]
    [Property("Row", "D-L1"), Property("Row", "D1")]
    public void Tag_OfEveryResource(string tag, string value) =>
        Assert.That((Base.Tag(tag), Runtime.Tag(tag)), Is.EqualTo((value, value)));

    [Test, Property("Row", "D-L1")]
    public void Names() => Assert.Multiple(() =>
    {
        Assert.That(
            Base.NamesOf("aws_ecr_repository"), Is.EqualTo(new[] { "durable-code-test-backend", "durable-code-test-frontend" }));
        Assert.That(Runtime.NamesOf("aws_ecs_cluster"), Is.EqualTo(new[] { "durable-code-test-cluster" }));
        Assert.That(Runtime.NamesOf("aws_lb"), Is.EqualTo(new[] { "durable-code-test-alb" }));
    });

    [TestCase("base", "infrastructure/base/terraform.tfstate"), TestCase("runtime", "infrastructure/runtime/terraform.tfstate")]
    [Property("Row", "D-L1")]
    public void State_OfAStack(string stack, string key)
    {
        (string? bucket, _, string? its) = Example.DurableCode.Deployment[stack].State();
        Assert.That((bucket, its), Is.EqualTo(("durable-code-terraform-state", key)));
    }

    [TestCase("wake", "cron(0 8 ? * MON,TUE,WED,THU,FRI *)"), TestCase("sleep", "cron(0 20 ? * MON,TUE,WED,THU,FRI *)")]
    [Property("Row", "D-L2"), Property("Row", "D10")]
    public void Schedule_IsEightToEightOnWeekdaysInNewYork(string action, string expression)
    {
        JObject schedule = Base.Resource("aws_scheduler_schedule", $"schedules_{action}");
        Assert.That(
            ((string?)schedule["schedule_expression"], (string?)schedule["schedule_expression_timezone"]),
            Is.EqualTo((expression, "America/New_York")));
    }

    [Test, Property("Row", "D-L2")]
    public void Schedule_IsOverriddenByAParameter() =>
        Assert.That(
            (string?)Base.Resource("aws_ssm_parameter", "schedule-override")["name"],
            Is.EqualTo("/dev/durable-code-test/schedule/override"));

    [Test, Property("Row", "D-L2")]
    public void Budget() => Assert.That(Base.NamesOf("aws_budgets_budget"), Is.EqualTo(new[] { "durableai-dev-budget" }));

    [Test, Property("Row", "D-L3")]
    public void ApiKey_IsASecureString()
    {
        JObject parameter = Base.Resource("aws_ssm_parameter", "parameter-api-key-2e9bc6");

        Assert.That(
            ((string?)parameter["name"], (string?)parameter["type"]), Is.EqualTo(("/dev/durable-code-test/api_key", "SecureString")));
    }

    // An environment without generated secrets in Secrets Manager.
    [TestCase("infra-dev-plan"), TestCase("infra-dev-apply")]
    [Property("Row", "D-L3"), Property("Row", "S10")]
    public void ApiKey_IsGenerated_WithAPermissionOfTheRolesThatPlanAndApply(string role) =>
        Assert.That(
            new IamEvaluator(RolePolicies.Of(Example.DurableCode.Bootstrap, role)).Allows("secretsmanager:GetRandomPassword", "*"),
            Is.True);

    [Test, Property("Row", "D-L4")]
    public void Production_IsInAnotherAccount_AlwaysOn_WithItsOwnState()
    {
        Example production = Example.DurableCodeProduction;

        Assert.Multiple(() =>
        {
            Assert.That((production.Config.Account, production.Config.Production), Is.EqualTo(("222222222222", true)));
            Assert.That(production.Base.State().Bucket, Is.EqualTo("durable-code-terraform-state-prod"));
            Assert.That(production.Base.Ids("aws_scheduler_schedule"), Is.Empty);
            Assert.That(production.Base.NamesOf("aws_budgets_budget"), Is.EqualTo(new[] { "durableai-prod-budget" }));
            Assert.That(production.Runtime.Ids("aws_nat_gateway"), Has.Count.EqualTo(2));
        });
    }
}
