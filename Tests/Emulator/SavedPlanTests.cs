using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>Plans that one job saves and another applies, and drift, on the local AWS.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class SavedPlanTests
{
    private Sandbox _sandbox = null!;
    private string _plans = null!;

    [OneTimeSetUp]
    public void SaveAndApplyBase()
    {
        _sandbox = new Sandbox();
        _plans = _sandbox.Work("plans");
        Write("search");
        _sandbox.Expect(5, Arguments("plan", "base", "runtime", "--save", _plans));
    }

    [OneTimeTearDown]
    public void StopSandbox() => _sandbox.Dispose();

    [Test, Order(1), Property("Row", "T12")]
    public void Plan_Save_KeepsPlanPagesAndSummary()
    {
        JObject summary = Summary();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)summary["environment"], Is.EqualTo("saved"));
            Assert.That((bool)summary.SelectToken("stacks[0].changes")!, Is.True);
            Assert.That((int)summary.SelectToken("stacks[0].destroy")!, Is.Zero);
            Assert.That((string?)summary.SelectToken("stacks[1].notPlanned"), Does.Contain("until base is deployed"));
            Assert.That(
                File.ReadAllText(Path.Combine(_plans, "plan.md")), Does.Contain("| create | `aws_ssm_parameter.parameter-features` |"));
            Assert.That(File.ReadAllText(Path.Combine(_plans, "base.txt")), Does.Contain("Terraform will perform the following actions"));
            Assert.That(File.Exists(Path.Combine(_plans, "stacks", "base", "cdk.tf.json")), Is.True);
        }
    }

    [Test, Order(2)]
    public void DeploySaved_OfAnotherEnvironment_IsRefused()
    {
        string other = _sandbox.Environment("other", Environment("other", "search"));
        Run run = _sandbox.Expect(2, "deploy", "base", "--saved", _plans, "--env", other, "--emulator", "--yes");
        Assert.That(run.Output,
            Does.Contain("the saved plans are for saves saved in 111111111111, us-east-1, the chosen environment is saves other"));
    }

    [Test, Order(3)]
    public void DeploySaved_AppliesExactlyThatPlan()
    {
        // Changes to the configuration since then are not in the reviewed plan.
        Write("search,later");
        Run run = _sandbox.Expect(0, Arguments("deploy", "base", "--saved", _plans));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output,
                Does.Contain("base: the sources differ from those of the plan").And.Match(@"(?m)^base: \d+ added, 0 changed, 0 destroyed"));
            Assert.That(File.Exists(Path.Combine(_plans, "base.tfplan")), Is.False, "it may contain secrets");
        }

        Write("search");
        _sandbox.Expect(0, Arguments("plan", "base"));
    }

    [Test, Order(4), Property("Finding", "U2"), Property("Finding", "U3")]
    public void Plan_ShowsOldAndNewValues_AndNoDriftThatDriftDoesNotFind()
    {
        // The first refresh adds the routes, which are resources of their own, to the route tables, and the tag changes those.
        Write("search,later", tags: """{ "Team": "search" }""");
        Run plan = _sandbox.Expect(5, Arguments("plan", "base"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Output, Does.Contain(
                "  ~ aws_ssm_parameter.parameter-features\n      ~ insecure_value: search -> search,later\n      + tags_all.Team: (none) -> search\n"));
            Assert.That(plan.Output, Does.Contain("  ~ aws_route_table."));
            Assert.That(plan.Output, Does.Not.Contain("changed outside Terraform"));
        }

        _sandbox.Expect(0, Arguments("drift", "base"));
        Run json = _sandbox.Expect(5, Arguments("plan", "base", "--json"));
        Assert.That(json.Output, Does.Contain("\"path\": \"insecure_value\""));
        Write("search");
    }

    [Test, Order(5)]
    public void DeploySaved_StateHasChanged_AppliesNothingAndSaysWhatToDo()
    {
        Write("search,approved");
        _sandbox.Expect(5, Arguments("plan", "base", "--save", _plans));
        Write("search,faster");
        _sandbox.Expect(0, Arguments("deploy", "base"));

        Run run = _sandbox.Expect(1, Arguments("deploy", "base", "--saved", _plans));
        Assert.That(run.Output,
            Does.Contain("the state of base has changed since its plan was created; the plan was not applied").And.Contain("plan again"));
        _sandbox.Expect(0, Arguments("plan", "base"));
    }

    [Test, Order(6)]
    public void DeploySaved_BaseWasAppliedSince_DoesNotApplyRuntime()
    {
        Write("search");
        _sandbox.Expect(5, Arguments("plan", "base", "runtime", "--save", _plans));
        Run run = _sandbox.Expect(1, Arguments("deploy", "--saved", _plans));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("base: 0 added, 1 changed, 0 destroyed"));
            Assert.That(run.Output, Does.Contain("base was applied since runtime was planned").And.Contain("done: base:"));
        }
    }

    [Test, Order(7)]
    public void DeploySaved_PlanOfAReadOnlyRole_IsAppliedByADeploymentRole()
    {
        Write("search,read");
        _sandbox.Expect(5, Arguments("plan", "base", "--read-only", "--save", _plans));
        _sandbox.Expect(0, Arguments("deploy", "base", "--saved", _plans));
        Write("search");
        _sandbox.Expect(0, Arguments("deploy", "base"));
    }

    [Test, Order(8), Property("Row", "T12")]
    public async Task Drift_DistinguishesOutsideChangesFromUnappliedOnes()
    {
        _sandbox.Expect(0, Arguments("drift", "base"));

        await _sandbox.Access("111111111111", "us-east-1").Api("ssm").JsonAsync(
            "PutParameter", new JObject { ["Name"] = "/saved/saves/features", ["Value"] = "tampered", ["Overwrite"] = true });
        Write("search", description: "another description");
        string report = _sandbox.Work("drift");
        foreach (string[] way in new[] { Array.Empty<string>(), ["--read-only"] })
        {
            Run run = _sandbox.Expect(5, Arguments(["drift", "base", "--report", report, .. way]));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(run.Output, Does.Contain("changed outside Terraform: aws_ssm_parameter.parameter-features (insecure_value)"));
                Assert.That(run.Output, Does.Contain("not applied yet: aws_secretsmanager_secret.secret-key (description)"));
                Assert.That(File.ReadAllText(Path.Combine(report, "base.md")),
                    Does.Contain("| `aws_ssm_parameter.parameter-features` | `insecure_value` | `search` | `tampered` |"));
                Assert.That((bool)JObject.Parse(File.ReadAllText(Path.Combine(report, "drift.json")))["drifted"]!, Is.True);
            }
        }

        Run deployment = _sandbox.Expect(0, Arguments("deploy", "base"));
        Assert.That(deployment.Output, Does.Contain(
            "  changed outside Terraform: aws_ssm_parameter.parameter-features\n      ! insecure_value: search -> tampered\n"));
        Assert.That(deployment.Output, Does.Not.Contain("changed outside Terraform: aws_secretsmanager"));
        _sandbox.Expect(0, Arguments("drift", "base", "--report", report));
        Assert.That(Directory.GetFiles(report).Select(Path.GetFileName), Is.EqualTo(new[] { "drift.json" }), "a page means drift");
    }

    private void Write(string features, string description = "", string tags = "{}") =>
        _sandbox.Environment("saved", Environment("saved", features, description, tags));

    private static string Environment(string name, string features, string description = "", string tags = "{}") => $$"""
        {
          "name": "{{name}}", "project": "saves", "account": "111111111111", "region": "us-east-1", "disposable": true,
          "network": { "cidr": "10.40.0.0/16", "zones": ["a", "b"], "nat": "single", "flowLogs": false },
          "tags": {{tags}},
          "parameters": { "features": "{{features}}" },
          "secrets": { "key": { "generate": true, "description": "{{description}}" } }
        }
        """;

    private JObject Summary() => JObject.Parse(File.ReadAllText(Path.Combine(_plans, "summary.json")));

    private string[] Arguments(params string[] arguments) =>
        [.. arguments, "--env", _sandbox.EnvironmentFile("saved"), "--emulator", "--yes"];
}
