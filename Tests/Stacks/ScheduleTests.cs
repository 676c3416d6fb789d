using Infra.Tests.Constructs.Permissions;
using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Stacks;

/// <summary>A schedule matches the resources that it puts to sleep.</summary>
[TestFixture]
internal sealed class ScheduleTests
{
    private static readonly Lazy<SynthesizedDeployment> Scaled = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("beta", """
        {
          "name": "beta", "project": "acme", "account": "111111111111", "region": "us-east-2",
          "services": { "api": { "port": 8000, "desired": 2, "paths": ["/api/*"], "autoscaling": { "min": 1, "max": 4 } }, "web": { "port": 3000, "desired": 1 } },
          "schedule": { "timezone": "America/Chicago", "mode": "scale" }
        }
        """)));

    private static IEnumerable<Example> Destroyed => Example.All.Where(example => example.Config.Schedule is { DestroysRuntime: true });

    private static JObject Rights(SynthesizedStack bootstrap, string environment, string policy) =>
        SynthesizedStack.Policy(bootstrap.Resource("aws_iam_role_policy", $"infra-{environment}-cycle_{policy}")["policy"]);

    [TestCaseSource(nameof(Destroyed)), Property("Row", "D10"), Property("Finding", "B18")]
    public void ScheduleRole_MayCreateEveryResourceTypeOfRuntime(Example example)
    {
        string[] allowed = [.. RolePolicies.Of(example.Bootstrap, $"infra-{example.Config.Name}-cycle")
            .SelectMany(statement => statement["Action"] is JArray many ? many.Values<string>() : [(string?)statement["Action"]])
                .OfType<string>()];
        string[] recorded =
            [.. ((JObject)example.Runtime.Json["resource"]!).Properties().Select(type => type.Name).Where(ProviderCalls.Types.Contains)];

        Assert.That(recorded, Is.Not.Empty);
        Assert.That(
            recorded.SelectMany(type => ProviderCalls.Read(type).Concat(ProviderCalls.Apply(type))).Distinct()
                .Where(action => !allowed.Any(
                    pattern => pattern == action || (pattern.EndsWith('*') && action.StartsWith(pattern[..^1], StringComparison.Ordinal)))),
            Is.Empty);
    }

    [TestCaseSource(nameof(Destroyed)), Property("Row", "D10"), Property("Row", "S10")]
    public void ScheduleRole_WritesWhatRuntimeWrites_NotTheLedgerNorItsSchedules(Example example)
    {
        var cycle = new IamEvaluator(RolePolicies.Of(example.Bootstrap, $"infra-{example.Config.Name}-cycle"));
        Infra.Naming.Names names = example.Environment.Names;
        string Arn(string service, string resource) => $"arn:aws:{service}:{example.Config.Region}:{example.Config.Account}:{resource}";

        Assert.Multiple(() =>
        {
            foreach (string id in example.Runtime.Ids("aws_ssm_parameter"))
                Assert.That(
                    cycle.Allows("ssm:PutParameter", Arn("ssm", $"parameter{example.Runtime.Resource("aws_ssm_parameter", id)["name"]}")),
                    Is.True, id);
            foreach (string id in example.Runtime.Ids("aws_scheduler_schedule"))
                Assert.That(
                    cycle.Allows(
                        "scheduler:CreateSchedule",
                        Arn("scheduler", $"schedule/{names.JobGroup}/{example.Runtime.Resource("aws_scheduler_schedule", id)["name"]}")),
                        Is.True, id);
            Assert.That(cycle.Allows("ssm:PutParameter", Arn("ssm", $"parameter{names.Release("backend")}")), Is.False);
            Assert.That(cycle.Allows("ssm:GetParameter", Arn("ssm", $"parameter{names.Release("backend")}")), Is.True);
            Assert.That(
                cycle.Allows("scheduler:DeleteSchedule",
                    Arn("scheduler", $"schedule/{names.ScheduleGroup}/{names.For(Infra.Naming.NameRule.Schedule, "wake")}")), Is.False);
            Assert.That(cycle.Allows("iam:CreateRole", $"arn:aws:iam::{example.Config.Account}:role/{names.Prefix}-x"), Is.False);
        });
    }

    [TestCaseSource(nameof(Destroyed)), Property("Row", "D10"), Property("Row", "S10")]
    public void ScheduleRole_WritesRuntimesStateAndReadsBases(Example example)
    {
        JObject rights = Rights(example.Bootstrap, example.Config.Name, "state");
        string bucket = $"arn:aws:s3:::{example.Config.State.Bucket}";
        string Key(string stack) => example.Environment.Names.StateKey(stack);
        Assert.Multiple(() =>
        {
            Assert.That((string?)SynthesizedStack.Statement(rights, "BaseState")["Action"], Is.EqualTo("s3:GetObject"));
            Assert.That((string?)SynthesizedStack.Statement(rights, "BaseState")["Resource"], Is.EqualTo($"{bucket}/{Key("base")}"));
            Assert.That((string?)SynthesizedStack.Statement(rights, "RuntimeState")["Resource"], Is.EqualTo($"{bucket}/{Key("runtime")}"));
            Assert.That(
                (string?)SynthesizedStack.Statement(rights, "LockFile")["Resource"], Is.EqualTo($"{bucket}/{Key("runtime")}.tflock"));
            Assert.That(
                rights["Statement"]!.SelectMany(
                    statement => statement["Resource"] is JArray many ? many.Values<string>() : [(string?)statement["Resource"]]),
                Has.None.EqualTo("*"));
        });
    }

    [TestCaseSource(nameof(Destroyed)), Property("Row", "D10")]
    public void LoadBalancer_ThatIsDestroyedEachEvening_IsNotProtectedAgainstIt(Example example) =>
        Assert.That((bool?)example.Runtime.Single("aws_lb")["enable_deletion_protection"], Is.Not.True);

    [Test, Property("Row", "L11")]
    public void Scaled_TerraformIgnoresTheNumberOfTasks()
    {
        SynthesizedStack runtime = Scaled.Value.Runtime;
        Assert.Multiple(() =>
        {
            Assert.That(runtime.Resource("aws_ecs_service", "web")["lifecycle"]!["ignore_changes"]!.Values<string>(),
                Is.EqualTo(new[] { "desired_count" }));
            Assert.That(runtime.Resource("aws_ecs_service", "api")["lifecycle"]!["ignore_changes"]!.Values<string>(),
                Is.EqualTo(new[] { "desired_count" }));
            Assert.That(runtime.Resource("aws_appautoscaling_target", "api")["lifecycle"]!["ignore_changes"]!.Values<string>(),
                Is.EquivalentTo(new[] { "min_capacity", "max_capacity" }));
            Assert.That((bool?)runtime.Single("aws_lb")["enable_deletion_protection"], Is.True, "it stays");
        });
    }

    [Test, Property("Row", "L11")]
    public void Scaled_TheRoleSetsTasksAndNothingElse()
    {
        SynthesizedStack bootstrap = Scaled.Value.Bootstrap;
        Assert.That(bootstrap.Ids("aws_iam_role_policy").Where(id => id.StartsWith("infra-beta-cycle_", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "infra-beta-cycle_scale", "infra-beta-cycle_turn" }));
        JObject rights = Rights(bootstrap, "beta", "scale");
        Assert.That((string?)SynthesizedStack.Statement(rights, "Tasks")["Resource"],
            Is.EqualTo("arn:aws:ecs:us-east-2:111111111111:service/acme-beta/*"));
    }

    [Test]
    public void WithoutASchedule_ThereIsNothingOfIt()
    {
        SynthesizedDeployment minimal = Variants.Minimal.Value;
        Assert.That(minimal.Base.Ids("aws_scheduler_schedule"), Is.Empty);
        Assert.That(minimal.Base.Ids("aws_codebuild_project"), Is.Empty);
    }
}
