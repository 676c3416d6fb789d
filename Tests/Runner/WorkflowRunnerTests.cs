using Infra.Operations.Aws;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>
/// A change from a pull request to production and its rollback, with the workflows' own commands in their order, against the local AWS:
/// two environments in two accounts.
/// </summary>
[TestFixture]
[Category("Emulator"), Category("Workflows")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class WorkflowRunnerTests
{
    private const string Stage = "111111111111", Live = "222222222222";

    private WorkflowRunner _runner = null!;
    private bool _broken;

    [OneTimeSetUp]
    public void SetUpRunner()
    {
        _runner = new WorkflowRunner("acme/desk", "eu-central-1");
        _runner.Environment("stage", Environment("stage", Stage, production: false));
        _runner.Environment("live", Environment("live", Live, production: true));
        // Done once per account with administrator permissions.
        foreach (string environment in new[] { "stage", "live" })
            _runner.Infra("bootstrap", "--env", environment, "--yes");
    }

    [OneTimeTearDown]
    public void TearDownRunner() => _runner?.Dispose();

    [SetUp]
    public void RequireEarlierSteps() => Assert.That(_broken, Is.False, "an earlier step failed");

    [TearDown]
    public void RecordFailure() =>
        _broken |= TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed;

    [Test, Order(1), Property("Row", "T12"), Property("Row", "H1")]
    public void PullRequest_IsValidatedPlannedAndCommented()
    {
        WorkflowResult result = _runner.Expect(success: true, "plan.yml", WorkflowEvent.PullRequest(7, onto: "main"));

        Assert.That(result.Jobs.Values, Is.All.EqualTo("success"), _runner.Output);
        Assert.That(_runner.GitHub.Comments.Select(comment => comment.Pull), Is.EqualTo(new[] { 7, 7 }));
        Assert.That(_runner.GitHub.Comments.Select(comment => ((string)comment.Comment["body"]!).Split('\n')[0]), Is.EqualTo(new[]
        {
            "<!-- infra: Plan for stage -->", "<!-- infra: Plan for live -->",
        }));
        Assert.That((string?)_runner.GitHub.Comments[0].Comment["body"], Does.Contain("aws_vpc"), "what would be created in base");
        Assert.That((string?)_runner.GitHub.Comments[0].Comment["body"], Does.Match(@"cost: .+, \+[1-9]\d*\.\d\d USD a month"));
    }

    [Test, Order(2), Property("Row", "T12")]
    public void PullRequestOfAFork_GetsChecksWithoutAws()
    {
        WorkflowResult result = _runner.Expect(success: true, "plan.yml", WorkflowEvent.PullRequest(8, onto: "main", fork: true));

        Assert.That(
            result.Jobs,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["tool"] = "success",
                    ["changes"] = "success",
                    ["validate"] = "success",
                    ["findings"] = "success",
                    ["environment"] = "skipped",
                    ["plan"] = "success",
                }));
        Assert.That(_runner.GitHub.Comments.Select(comment => comment.Pull), Has.None.EqualTo(8));
    }

    [Test, Order(3), Property("Row", "P9")]
    public void PullRequestElsewhere_ReportsItsRequiredCheck()
    {
        _runner.ChangedFiles = ["docs/cost.md"];
        WorkflowResult result = _runner.Expect(success: true, "plan.yml", WorkflowEvent.PullRequest(9, onto: "main"));
        _runner.ChangedFiles = ["environments/stage.json"];

        Assert.That(
            (result.Jobs["validate"], result.Jobs["environment"], result.Jobs["plan"]), Is.EqualTo(("skipped", "skipped", "success")));
    }

    [Test, Order(4), Property("Row", "P2"), Property("Row", "H1")]
    public void Merge_AppliesEachEnvironmentInOrder()
    {
        WorkflowResult result = _runner.Expect(success: true, "apply.yml", WorkflowEvent.Push("main"));

        Assert.That(result.Jobs, Is.EquivalentTo(
            new Dictionary<string, string> { ["tool"] = "success", ["environments"] = "success", ["apply"] = "success" }));
        Assert.That(
            _runner.Output, Does.Match(@"(?s)desk-stage-infra-plan.+desk-stage-infra-apply.+desk-live-infra-plan.+desk-live-infra-apply"));
        _runner.Infra("plan", "--env", "stage");
        _runner.Infra("plan", "--env", "live");
    }

    [Test, Order(5), Property("Row", "P2")]
    public void PushToABranchWithoutDeployment_AppliesNothing()
    {
        WorkflowResult result = _runner.Expect(success: true, "apply.yml", WorkflowEvent.Push("test"));
        Assert.That(result.Jobs["apply"], Is.EqualTo("skipped"));
    }

    [Test, Order(6), Property("Row", "H1")]
    public void AnotherBranch_CannotAssumeARole() =>
        Assert.That(() => _runner.Run("rollback.yml", WorkflowEvent.Dispatch("feature"), ("environment", "stage"), ("name", "web")),
            Throws.TypeOf<UnauthorizedAccessException>());

    [Test, Order(7), Property("Row", "T12")]
    public void Drift_OpensAnIssue_UpdatesIt_AndClosesItAfterTheDrift()
    {
        AwsApi logs = _runner.Access(Stage).Api("logs");
        Retain(90);
        _runner.Expect(success: true, "drift.yml", WorkflowEvent.Schedule);
        Retain(60);
        _runner.Expect(success: true, "drift.yml", WorkflowEvent.Schedule);
        Assert.That(_runner.GitHub.Issues.Select(issue => ((string?)issue["title"], (string?)issue["state"])),
            Is.EqualTo(new[] { ("Drift in stage base", "open") }));
        Assert.That(
            (string?)_runner.GitHub.Issues[0]["body"], Does.Contain("aws_cloudwatch_log_group").And.Contain("60").And.Not.Contain("90"));

        Retain(7);
        _runner.Expect(success: true, "drift.yml", WorkflowEvent.Schedule);
        Assert.That((string?)_runner.GitHub.Issues.Single()["state"], Is.EqualTo("closed"));

        void Retain(int days) =>
            logs.JsonAsync("PutRetentionPolicy", new JObject { ["logGroupName"] = "/ecs/desk-stage-web", ["retentionInDays"] = days })
                .GetAwaiter().GetResult();
    }

    [Test, Order(8), Property("Row", "D7"), Property("Row", "H7"), Property("Row", "H12"), Property("Row", "T10")]
    public void Release_BuildsOnce_AndReleasesTheDigestInBothEnvironments()
    {
        _runner.Commit = new string('b', 40);
        WorkflowResult result = _runner.Expect(
            success: true, "deploy-to-aws.yml", WorkflowEvent.Push("main"), ("environment", "stage"), ("then", "live"), ("service", "web"));

        Assert.That(result.Jobs.Values, Is.All.EqualTo("success"));
        Assert.That(Ledger(Stage, "stage"), Does.StartWith("sha256:").And.EqualTo(Ledger(Live, "live")));
        _runner.Infra("plan", "--env", "stage");
        _runner.Infra("plan", "--env", "live");
    }

    [Test, Order(9), Property("Row", "D7")]
    public void SameCommitAgain_BuildsNothing()
    {
        string before = Ledger(Stage, "stage");
        WorkflowResult result =
            _runner.Expect(success: true, "build-and-push.yml", WorkflowEvent.Push("main"), ("environment", "stage"), ("app", "web"));
        Assert.That((string?)result.Outputs["digest"], Is.EqualTo(before));
    }

    [Test, Order(10), Property("Row", "D7"), Property("Row", "D11")]
    public void ReleaseOfAMissingImage_FailsAndChangesNothing()
    {
        string before = Ledger(Stage, "stage");
        string image = $"{Stage}.dkr.ecr.eu-central-1.amazonaws.com/desk/web@sha256:{new string('e', 64)}";
        _runner.Expect(success: false, "deploy-service.yml", WorkflowEvent.Push("main"), ("environment", "stage"), ("service", "web"),
            ("image", image));
        Assert.That(Ledger(Stage, "stage"), Is.EqualTo(before));
    }

    [Test, Order(11), Property("Row", "D11"), Property("Row", "D7")]
    public void ReleaseThatNeverBecomesHealthy_IsRolledBack()
    {
        string before = Ledger(Stage, "stage");
        string registry = $"{Stage}.dkr.ecr.eu-central-1.amazonaws.com/desk/web";
        string image = $"{registry}@{_runner.Registry.Push("crash", [$"{registry}:crash"])}";
        WorkflowResult result =
            _runner.Expect(success: false, "deploy-service.yml", WorkflowEvent.Push("main"), ("environment", "stage"), ("service", "web"),
                ("image", image));
        Assert.That(result.Jobs["deploy"], Is.EqualTo("failure"));
        Assert.That(_runner.Output, Does.Contain("tasks failed to start").And.Contain("failed and was rolled back"));
        Assert.That(Ledger(Stage, "stage"), Is.EqualTo(before));
        _runner.Infra("plan", "--env", "stage");
    }

    [Test, Order(12), Property("Row", "D11"), Property("Row", "L8")]
    public void Rollback_DeploysTheEarlierRelease()
    {
        string first = Ledger(Stage, "stage");
        _runner.Commit = new string('c', 40);
        _runner.Expect(success: true, "deploy-to-aws.yml", WorkflowEvent.Push("main"), ("environment", "stage"), ("service", "web"));
        Assert.That(Ledger(Stage, "stage"), Is.Not.EqualTo(first));

        _runner.Expect(success: true, "rollback.yml", WorkflowEvent.Dispatch("main"), ("environment", "stage"), ("name", "web"));

        Assert.That(Ledger(Stage, "stage"), Is.EqualTo(first));
        _runner.Infra("plan", "--env", "stage");
    }

    [Test, Order(13), Property("Row", "P1"), Property("Row", "P5"), Property("Row", "P8")]
    public void Layer_IsPublishedOnce_AgainWhenForced_AndRolledBack()
    {
        string content = FrameworkSources.CopyTo("da_flask", Path.Combine(_runner.Folder, "flask"));
        _runner.Infra("layer", "pack", content, Path.Combine(Directory.CreateDirectory(_runner.Artifact("layers")).FullName, "flask.zip"));

        Publish("stage");
        Assert.That(_runner.Output, Does.Contain("version 1 published (the first version"));
        Publish("live");
        Assert.That(_runner.Output,
            Does.Contain("version 1 published (the first version").And.Contain("live is marked production; --yes was given"));
        Publish("stage");
        Assert.That(_runner.Output, Does.Contain("nothing to publish, version 1 has these sources"));
        Publish("stage", ("force", true));
        Assert.That(_runner.Output, Does.Contain("version 2 published (forced"));

        _runner.Expect(
            success: true, "rollback.yml", WorkflowEvent.Dispatch("main"), ("environment", "stage"), ("kind", "layer"), ("name", "flask"));
        Assert.That(_runner.Output, Does.Contain("now uses version 1"));

        void Publish(string environment, params (string, JToken)[] further) =>
            _runner.Expect(success: true, "publish-layer.yml", WorkflowEvent.Push("main"),
                [("environment", environment), ("layer", "flask"), ("artifact", "layers"), ("file", "flask.zip"), .. further]);
    }

    [Test, Order(14), Property("Row", "T10")]
    public void Site_IsUploaded()
    {
        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(_runner.Artifact("dist")).FullName, "index.html"), "<!doctype html><html></html>");
        _runner.Expect(
            success: true, "deploy-site.yml", WorkflowEvent.Push("main"), ("environment", "stage"), ("site", "app"), ("artifact", "dist"));
        Assert.That(_runner.Output,
            Does.Contain("desk-app-stage-111111111111: 1 uploaded, 0 unchanged, 0 removed").And.Contain("app: deployed to https://"));
    }

    [Test, Order(15), Property("Row", "D10")]
    public void Runtime_IsDestroyedBySleep_AndRecreatedByWake()
    {
        foreach ((string action, string said) in new[] { ("sleep", "asleep until"), ("wake", "awake until") })
        {
            _runner.Expect(
                success: true, "runtime-cycle.yml", WorkflowEvent.Dispatch("main"), ("environment", "stage"), ("action", action));
            Assert.That(_runner.Output, Does.Contain(said));
        }
    }

    [Test, Order(16), Property("Row", "H7"), Property("Row", "H1")]
    public void Verification_RunsItsFourJobs()
    {
        WorkflowResult result = _runner.Expect(success: true, "verify-aws-integration.yml", WorkflowEvent.Schedule);
        Assert.That(result.Jobs, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["other-branches"] = "success",
            ["environments"] = "success",
            ["auth"] = "success",
            ["infrastructure"] = "success",
            ["application"] = "success",
            ["end-to-end"] = "success",
        }));
        Assert.That(_runner.Output,
            Does.Contain("files-stage-111111111111: created, read, updated, deleted").And.Contain("auth: 5 passed, 0 failed"));
        Assert.That(_runner.Output, Does.Match("service web: 1 of 1 tasks run sha256:")
            .And.Contain("permissions of web: ecr, logs, s3 files (readwrite)")
            .And.Contain("network of web: load balancer to tasks on port 8080"));
    }

    [Test, Order(17), Property("Row", "H-L3")]
    public void Verification_OnDemand_DeploysTheReleasedImageAgain()
    {
        _runner.Expect(
            success: true, "verify-aws-integration.yml", WorkflowEvent.Dispatch("main"), ("environment", "stage"), ("deploy", true));
        Assert.That(_runner.Output, Does.Match("service web: deployed again, 1 of 1 tasks run sha256:"));
    }

    /// <summary>
    /// Two repositories, two accounts, two branches: the application calls the workflows of the branch that deploys the environment.
    /// </summary>
    [Test, Order(18), Property("Row", "P2"), Property("Row", "D7")]
    public void Application_ShipsToTheAccountOfItsBranch_WithApproval_AndOnlyByTheReleaseWorkflow()
    {
        _runner.Environment("stage", Environment("stage", Stage, production: false, """, "branch": "test" """));
        _runner.Infra("bootstrap", "--env", "stage", "--yes");
        _runner.Expect(success: true, "apply.yml", WorkflowEvent.Push("test"));
        string folder = Directory.CreateDirectory(Path.Combine(_runner.Folder, "shop")).FullName;
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), "FROM scratch\n");
        var shop = new ApplicationRepository("acme/shop", folder, new string('d', 40))
        {
            Environments = new Dictionary<string, EnvironmentRules>
            {
                ["live"] = new(HasReviewers: true, PreventSelfReview: true, Branches: ["main"]),
            },
        };
        (string stage, string live) = (Ledger(Stage, "stage"), Ledger(Live, "live"));

        WorkflowResult sandbox = _runner.Run(shop, ShopWorkflows.Shipping, WorkflowEvent.Push("test"));

        Assert.That(sandbox.Jobs.Values, Is.EqualTo(new[] { "success", "skipped" }), _runner.Output);
        Assert.That(Ledger(Stage, "stage"), Does.StartWith("sha256:").And.Not.EqualTo(stage));
        Assert.That(Ledger(Live, "live"), Is.EqualTo(live));

        StartedRun production = _runner.Start(shop, ShopWorkflows.Shipping, WorkflowEvent.Push("main"));
        production.WaitUntilItWaitsFor("live");
        _runner.Expect(success: true, "rollback.yml", WorkflowEvent.Dispatch("test"), ("environment", "stage"), ("name", "web"));

        Assert.That(Ledger(Stage, "stage"), Is.EqualTo(stage), "rolled back while the approval is pending");
        Assert.That((Ledger(Live, "live"), production.HasEnded), Is.EqualTo((live, false)));
        production.Approve("live", "hubot");
        Assert.That(production.Wait().Jobs.Values, Is.EqualTo(new[] { "skipped", "success" }), _runner.Output);
        Assert.That(Ledger(Live, "live"), Does.StartWith("sha256:").And.Not.EqualTo(live));

        StartedRun own = _runner.Start(shop, ShopWorkflows.OwnRelease, WorkflowEvent.Push("main"));
        own.Approve("live", "hubot");
        Assert.That(own.Wait, Throws.TypeOf<UnauthorizedAccessException>(), "the role trusts deploy-service.yml of the infrastructure");
    }

    private string Ledger(string account, string environment) =>
        _runner.Parameter(account, $"/{environment}/desk/releases/web");

    private static string Environment(string name, string account, bool production, string branch = "") => $$"""
        {
          "name": "{{name}}", "project": "desk", "account": "{{account}}", "region": "eu-central-1",
          {{(production ? "\"production\": true, \"security\": { \"allowPlainHttp\": true }" : "\"disposable\": true, \"schedule\": { \"timezone\": \"Europe/Berlin\", \"mode\": \"scale\" }")}},
          "github": { "repository": "acme/desk", "applications": ["acme/shop"] {{branch}} },
          "network": { "cidr": "10.60.0.0/16", "zones": ["a", "b"], "nat": "single" },
          "services": { "web": { "port": 8080, "desired": 1, "uses": { "buckets": ["files:readwrite"] } } },
          "buckets": { "files": {} },
          "sites": { "app": {} },
          "layers": { "flask": { "runtimes": ["python3.12"], "sources": ["examples/python-frameworks/frameworks/da_flask/src/**"] } },
          "observability": { "logRetentionDays": 7 }
        }
        """;
}
