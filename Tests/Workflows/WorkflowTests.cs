using System.Text.RegularExpressions;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Workflows;

/// <summary>Rules for all workflows: one test for each rule.</summary>
[TestFixture]
internal sealed partial class WorkflowTests
{
    private const int LongestWorkflow = 120;

    /// <summary>Actions that may be used, each pinned to the commit of its release.</summary>
    private static readonly Dictionary<string, string> Pinned = new(StringComparer.Ordinal)
    {
        ["actions/checkout"] = "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        ["actions/setup-dotnet"] = "a98b56852c35b8e3190ac28c8c2271da59106c68 # v6.0.0",
        ["actions/setup-node"] = "820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
        ["actions/cache"] = "55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0",
        ["actions/upload-artifact"] = "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1",
        ["actions/download-artifact"] = "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
        ["docker/setup-buildx-action"] = "37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0",
        ["docker/build-push-action"] = "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0",
        ["hashicorp/setup-terraform"] = "dfe3c3f87815947d99a8997f908cb6525fc44e9e # v4.0.1",
        ["aws-actions/configure-aws-credentials"] = "e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3",
        ["aws-actions/amazon-ecr-login"] = "d539f0932e70871a027e9d5a9d8fc38589180a64 # v2.1.6",
        ["github/codeql-action/upload-sarif"] = "8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",
        ["dorny/paths-filter"] = "7b450fff21473bca461d4b92ce414b9d0420d706 # v4.0.2",
        // Tools of system T's applications, which GitHub's machines do not have; only its examples use them.
        ["astral-sh/setup-uv"] = "fac544c07dec837d0ccb6301d7b5580bf5edae39 # v8.2.0",
        ["oven-sh/setup-bun"] = "0c5077e51419868618aeaa5fe8019c62421857d6 # v2.2.0",
    };

    private static IEnumerable<WorkflowFile> All => Workflows.Concat(WorkflowFile.Actions);

    private static IEnumerable<WorkflowFile> Workflows => WorkflowFile.Workflows.Concat(WorkflowFile.Examples);

    private static IEnumerable<TestCaseData> Jobs =>
        from workflow in Workflows
        from job in workflow.Jobs
        select new TestCaseData(workflow, job).SetArgDisplayNames(workflow.Name, job.Id);

    [Test]
    public void RequiredWorkflows_Exist() => Assert.That(Workflows.Select(workflow => workflow.Name), Is.SupersetOf(new[]
    {
        "plan.yml", "apply.yml", "verify-aws-integration.yml", "drift.yml", "rollback.yml", "runtime-cycle.yml", "build-and-push.yml",
        "deploy-service.yml", "deploy-site.yml", "findings.yml", "publish-layer.yml", "deploy-to-aws.yml", "ci.yml", "deploy-backend.yml",
        "deploy-frontend.yml",
    }));

    [Test]
    public void Workflows_AreCleanUnderActionlint() =>
        Assert.That(Lint.Workflows(Workflows.Select(workflow => (workflow.Path, workflow.Text))), Is.Empty);

    [Test]
    public void Scripts_AreCleanUnderShellcheck()
    {
        (string Name, string Text)[] scripts = [.. from workflow in All
                                                   from step in workflow.Steps
                                                   where step["run"] is not null
                                                   select ($"{workflow.Name}: {step["name"] ?? step["id"] ?? step["run"]}",
                                                       $"#!/bin/bash\n{step["run"]}\n")];
        Assert.That(scripts, Has.Length.GreaterThan(10), "scripts were found");
        Assert.That(Lint.Scripts(scripts), Is.Empty);
    }

    [TestCaseSource(nameof(Workflows))]
    public void Workflow_IsShort(WorkflowFile workflow) =>
        Assert.That(workflow.Text.TrimEnd('\n').Split('\n'), Has.Length.LessThanOrEqualTo(LongestWorkflow));

    [TestCaseSource(nameof(All))]
    public void Actions_ArePinnedByCommit(WorkflowFile workflow)
    {
        string[] uses =
            [.. workflow.Text.Split('\n')
                .Select(line => Uses().Match(line))
                .Where(match => match.Success)
                .Select(match => match.Groups["what"].Value.Trim('"'))];
        foreach (string use in uses.Where(use => !use.StartsWith("./", StringComparison.Ordinal)))
        {
            string[] parts = use.Split('@', 2);
            Assert.That(Pinned, Does.ContainKey(parts[0]), "a new action needs a reason and a pin");
            Assert.That(parts[1], Is.EqualTo(Pinned[parts[0]]));
        }
    }

    [TestCaseSource(nameof(Workflows))]
    public void Workflow_GrantsNoPermissionsByDefault(WorkflowFile workflow) =>
        Assert.That(workflow.Content["permissions"], Is.InstanceOf<JObject>().And.Empty, "each job declares its permissions");

    [TestCaseSource(nameof(Jobs)), Property("Row", "H1")]
    public void Job_HasOnlyThePermissionsItUses(WorkflowFile workflow, Job job)
    {
        var granted = (JObject?)job.Content["permissions"] ?? [];
        var used = new HashSet<string>();
        foreach (JObject step in job.Steps)
        {
            string uses = (string?)step["uses"] ?? "", run = (string?)step["run"] ?? "";
            if (uses.StartsWith("actions/checkout@", StringComparison.Ordinal)) used.Add("contents: read");
            if (uses.StartsWith("aws-actions/configure-aws-credentials@", StringComparison.Ordinal)) used.Add("id-token: write");
            if (SetupsOf(job).Contains(step) && (string?)step["with"]?["build"] != "true") used.Add("actions: read");
            if (uses.StartsWith("dorny/paths-filter@", StringComparison.Ordinal)) used.Add("pull-requests: read");
            // The first two for private repositories: https://github.com/actions/starter-workflows/tree/main/code-scanning.
            if (uses.StartsWith("github/codeql-action/upload-sarif@", StringComparison.Ordinal))
                used.UnionWith(["actions: read", "contents: read", "security-events: write"]);
            if (run.Contains("github comment", StringComparison.Ordinal)) used.Add("pull-requests: write");
            if (run.Contains("github issue", StringComparison.Ordinal)) used.Add("issues: write");
            if (run.Contains("github dispatch", StringComparison.Ordinal)) used.Add("actions: write");
        }
        if (used.Contains("actions: write")) used.Remove("actions: read");
        // A called workflow cannot have more permissions than its caller.
        if (job.Uses is { } called)
            used.UnionWith(WorkflowFile.Load(called[2..]).Jobs.SelectMany(inner => Said((JObject?)inner.Content["permissions"] ?? [])));
        Assert.That(Said(granted), Is.EquivalentTo(used), workflow.Path);

        static IEnumerable<string> Said(JObject permissions) =>
            permissions.Properties().Select(permission => $"{permission.Name}: {permission.Value}");
    }

    /// <summary>A cache can contain what a pull request has written; the tool of a push is taken by jobs that change accounts.</summary>
    [TestCaseSource(nameof(Workflows))]
    public void OnlyBuildsOfPullRequestsAndTests_ReusePackages(WorkflowFile workflow)
    {
        foreach (Job job in workflow.Jobs)
        {
            foreach (string? cache in SetupsOf(job).Select(step => (string?)step["with"]?["cache"]))
            {
                bool changesNothing = job.Content["permissions"]?["id-token"] is null && job.Content["environment"] is null;
                Assert.That(cache, Is.Null.Or.EqualTo("${{ github.event_name == 'pull_request' }}")
                    .Or.Matches<string>(value => value == "true" && changesNothing && workflow.Name == "plan.yml"),
                    $"{workflow.Path} {job.Id}");
            }
        }
    }

    /// <summary>A called workflow's token is the caller's, which does not read a private infrastructure repository.</summary>
    [TestCaseSource(nameof(Jobs))]
    public void CheckoutOfTheInfrastructure_AndItsTool_AreReadWithTheSameToken(WorkflowFile workflow, Job job)
    {
        string?[] tokens =
        [
            .. job.Steps.Where(step => (string?)step["with"]?["repository"] == "${{ job.workflow_repository }}").Concat(SetupsOf(job))
                .Select(step => (string?)step["with"]?["token"]).Distinct(),
        ];
        Assert.That(tokens, Has.Length.LessThanOrEqualTo(1), workflow.Path);
    }

    private static IEnumerable<JObject> SetupsOf(Job job) =>
        job.Steps.Where(step => ((string?)step["uses"] ?? "").EndsWith("/.github/actions/setup", StringComparison.Ordinal));

    [TestCaseSource(nameof(All))]
    public void Scripts_ContainNoExpressions(WorkflowFile workflow) => Assert.That(
        workflow.Steps.Select(step => (string?)step["run"] ?? "").Where(run => run.Contains("${{", StringComparison.Ordinal)),
        Is.Empty,
        "untrusted input must reach a script through an environment variable, never as part of its text");

    [TestCaseSource(nameof(Workflows))]
    public void Checkout_PersistsNoCredentials(WorkflowFile workflow) => Assert.That(
        workflow.Steps.Where(step => ((string?)step["uses"] ?? "").StartsWith("actions/checkout@", StringComparison.Ordinal)),
        Is.All.Matches<JObject>(step => (bool?)step["with"]?["persist-credentials"] == false));

    [TestCaseSource(nameof(Workflows)), Property("Row", "H1")]
    public void Credentials_ComeOnlyFromOidc(WorkflowFile workflow)
    {
        Assert.That(workflow.Text,
            Does.Not.Contain("aws-access-key-id").And.Not.Contain("AWS_SECRET_ACCESS_KEY").And.Not.Contain("secrets: inherit"));
        Assert.That(
            workflow.Steps.Where(
                step => ((string?)step["uses"] ?? "").StartsWith("aws-actions/configure-aws-credentials@", StringComparison.Ordinal)),
            Is.All.Matches<JObject>(step => step["with"]?["role-to-assume"] is not null));
    }

    [TestCaseSource(nameof(Workflows))]
    public void CodeOfAFork_RunsWithoutPermissions(WorkflowFile workflow) =>
        Assert.That(workflow.Triggers, Does.Not.Contain("pull_request_target").And.Not.Contain("workflow_run"));

    [TestCaseSource(nameof(Jobs))]
    public void Job_HasATimeout(WorkflowFile workflow, Job job) =>
        Assert.That(job.Uses is not null || (int?)job.Content["timeout-minutes"] is > 0 and <= 60, Is.True,
            $"{workflow.Path} needs timeout-minutes");

    [TestCaseSource(nameof(Workflows)), Property("Row", "P6")]
    public void Runs_DoNotOverlap(WorkflowFile workflow)
    {
        if (workflow.Triggers.All(trigger => trigger == "workflow_call"))
            return; // the caller has one
        JToken[] groups = [.. workflow.Content.SelectTokens("$..concurrency.group")];
        bool onlyCalls = workflow.Jobs.All(job => job.Uses is not null);
        Assert.That(
            groups.Length > 0 || onlyCalls, Is.True, "a workflow, one of its jobs, or a called workflow must have a concurrency group");
    }

    /// <summary>
    /// With <c>queue: max</c> a job that waits, for its turn or for approval, is not cancelled by a later one, nor is one in progress:
    /// https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
    /// </summary>
    [Test, Property("Row", "P6"), Property("Finding", "C3")]
    public void JobsThatChangeAnAccount_RunOneAtATime_AndAreNeverCancelled()
    {
        var groups = new List<string>();
        foreach ((string file, string path) in new[]
        {
            ("apply.yml", "jobs.apply.concurrency"), ("deploy-service.yml", "jobs.deploy.concurrency"), ("rollback.yml", "concurrency"),
            ("runtime-cycle.yml", "concurrency"), ("deploy-site.yml", "jobs.deploy.concurrency"),
            ("publish-layer.yml", "jobs.publish.concurrency"),
        })
        {
            JToken concurrency = WorkflowFile.Load($".github/workflows/{file}").Content.SelectToken(path)!;
            groups.Add((string)concurrency["group"]!);
            Assert.Multiple(() =>
            {
                Assert.That((string?)concurrency["group"], Does.Match(@"^[a-z-]+-\$\{\{ (matrix|inputs)\.environment \}\}"), file);
                Assert.That((string?)concurrency["queue"], Is.EqualTo("max"), file);
                Assert.That(concurrency["cancel-in-progress"], Is.Null, file);
            });
        }

        Assert.That(groups, Is.Unique, "a deployment that waits for approval holds up only deployments");
    }

    /// <summary>GitHub fails a job that waits for approval for more than 30 days; its plan must exist until then.</summary>
    [Test, Property("Finding", "C10")]
    public void SavedPlans_ExistAsLongAsAnApprovalMayWait() => Assert.That(
        Workflows.SelectMany(workflow => workflow.Steps)
            .Where(step => ((string?)step["with"]?["path"] ?? "").StartsWith("plans", StringComparison.Ordinal)
                && ((string)step["uses"]!).Contains("upload", StringComparison.Ordinal)),
        Has.Exactly(1).Matches<JObject>(step => (int?)step["with"]!["retention-days"] == 31));

    [TestCaseSource(nameof(Workflows)), Property("Finding", "C10")]
    public void Secrets_ReachOnlyTheStepsThatNeedThem(WorkflowFile workflow) => Assert.That(
        workflow.Jobs.Select(job => job.Content["env"]).Append(workflow.Content["env"]).OfType<JObject>()
            .SelectMany(variables => variables.Properties())
            .Where(variable => variable.Value.ToString().Contains("secrets.", StringComparison.Ordinal)),
        Is.Empty, "env of a workflow or of a job is visible to all of its steps, also to third-party actions");

    [Test]
    public void Dependencies_HaveACooldown()
    {
        WorkflowFile dependabot = WorkflowFile.Load(".github/dependabot.yml");
        Assert.That(dependabot.Content["updates"]!.Select(update => (string?)update["package-ecosystem"]),
            Is.EquivalentTo(new[] { "github-actions", "nuget", "npm" }));
        Assert.That(dependabot.Content["updates"]!, Is.All.Matches<JToken>(update => (int?)update["cooldown"]?["default-days"] >= 7));
    }

    [GeneratedRegex(@"^\s*(- )?uses: (?<what>.+?)\s*$")]
    private static partial Regex Uses();
}
