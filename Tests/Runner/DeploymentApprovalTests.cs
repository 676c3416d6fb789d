using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>What waits for whom where production needs a reviewer, and on which branch an environment is looked at.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class DeploymentApprovalTests
{
    private WorkflowRunner _runner = null!;

    [SetUp]
    public void SetUp()
    {
        _runner = RecordedRuns.Runner();
        Protect("live", "main", reviewers: 1);
        Protect("stage", "main", reviewers: 0);
    }

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [Test, Property("Finding", "C3")]
    public void UnapprovedDeployment_BlocksNoRollback_AndIsNotCancelledByLaterOnes()
    {
        StartedRun first = _runner.Start("apply.yml", WorkflowEvent.Push("main"));
        first.WaitUntilItWaitsFor("live");
        StartedRun second = _runner.Start("apply.yml", WorkflowEvent.Push("main"));
        WaitInQueue(1);
        StartedRun third = _runner.Start("apply.yml", WorkflowEvent.Push("main"));
        WaitInQueue(2);

        StartedRun rollback = _runner.Start("rollback.yml", WorkflowEvent.Dispatch("main"), ("environment", "live"), ("name", "web"));
        rollback.Approve("live", "octocat");

        Assert.That(rollback.Wait().Succeeded, Is.True, _runner.Output);
        Assert.That((first.HasEnded, second.HasEnded, third.HasEnded), Is.EqualTo((false, false, false)));

        first.Reject("live", "octocat");
        second.Approve("live", "octocat");
        third.Approve("live", "octocat");
        Assert.That((first.Wait().Succeeded, second.Wait().Succeeded, third.Wait().Succeeded), Is.EqualTo((false, true, true)));
    }

    [TestCase("runtime-cycle.yml", "action", "wake"), TestCase("rollback.yml", "name", "web"), Property("Finding", "C3")]
    public void WhatAnOperatorStarts_WaitsForNoUnapprovedDeployment(string workflow, string input, string value)
    {
        StartedRun deployment = _runner.Start("apply.yml", WorkflowEvent.Push("main"));
        deployment.WaitUntilItWaitsFor("live");

        StartedRun run = _runner.Start(workflow, WorkflowEvent.Dispatch("main"), ("environment", "live"), (input, value));
        run.Approve("live", "octocat");

        Assert.That(run.Wait().Succeeded, Is.True, _runner.Output);
        deployment.Reject("live", "octocat");
        deployment.Wait();
    }

    [Test, Property("Finding", "C4")]
    public void WeeklyVerification_WaitsForAReviewerOnce_ForEndToEnd()
    {
        StartedRun run = _runner.Start("verify-aws-integration.yml", WorkflowEvent.Schedule);
        run.WaitUntilItWaitsFor("live");

        Assert.That(_runner.Recording!.Commands, Is.SupersetOf(new[]
        {
            "live: verify auth", "live: verify infrastructure", "live: verify application", "stage: verify end-to-end",
        }));
        run.Approve("live", "octocat");
        Assert.That(run.Wait().Succeeded, Is.True, _runner.Output);
        Assert.That(run.Waits, Is.EqualTo(new[] { "live" }));
        Assert.That(_runner.Recording.Commands, Does.Contain("live: verify end-to-end"));
    }

    [TestCase("drift.yml", "drift --read-only --report drift"), TestCase("verify-aws-integration.yml", "verify end-to-end")]
    [Property("Finding", "C8")]
    public void Schedule_LooksAtEveryEnvironment_OnItsOwnBranch(string workflow, string command)
    {
        _runner.Environment("sandbox", RecordedRuns.Environment(
            "sandbox", "333333333333", """ "services": { "web": { "port": 8080 } } """, """, "branch": "test" """));
        Protect("sandbox", "test", reviewers: 0);
        Protect("live", "main", reviewers: 0);

        _runner.Expect(success: true, workflow, WorkflowEvent.Schedule);
        Assert.That(_runner.Recording!.Commands, Does.Not.Contain($"sandbox: {command}"), "GitHub runs schedules on the default branch");
        WorkflowResult onTest = _runner.RunDispatched().Single();

        Assert.That(onTest.Succeeded, Is.True, _runner.Output);
        Assert.That(_runner.Recording.Commands.Where(each => each == $"sandbox: {command}"), Has.Exactly(1).Items);
        Assert.That(_runner.Recording.Commands.Where(each => each == $"stage: {command}"), Has.Exactly(1).Items);
        Assert.That(_runner.Output, Does.Contain("as repo:acme/infra:ref:refs/heads/test"), "which the roles of sandbox trust");
        Assert.That(_runner.RunDispatched(), Is.Empty, "a dispatched run dispatches none");
    }

    [Test, Property("Finding", "C7")]
    public void Approver_SeesThePlansOfBaseAndRuntime()
    {
        StartedRun run = _runner.Start("apply.yml", WorkflowEvent.Push("main"));
        run.WaitUntilItWaitsFor("live");

        Assert.That(_runner.Recording!.Commands, Does.Contain("live: plan --read-only --full --save plans"), "of all stacks");
        Assert.That(_runner.Summaries.Select(summary => summary.Text), Has.Some.EqualTo("plan of base\nplan of runtime\n"));
        run.Reject("live", "octocat");
        run.Wait();
    }

    [Test, Property("Finding", "C7")]
    public void WhoStartedADeployment_DoesNotApproveIt()
    {
        StartedRun run = _runner.Start("apply.yml", WorkflowEvent.Push("main") with { Actor = "octocat" });

        Assert.That(() => run.Approve("live", "octocat"), Throws.TypeOf<UnauthorizedAccessException>());
        run.Approve("live", "hubot");
        Assert.That(run.Wait().Succeeded, Is.True, _runner.Output);
    }

    [Test]
    public void JobOfAnotherBranch_IsNotAllowedToUseTheEnvironment()
    {
        _runner.Expect(success: false, "rollback.yml", WorkflowEvent.Dispatch("feature"), ("environment", "stage"), ("name", "web"));

        Assert.That(_runner.Output, Does.Contain("Branch \"feature\" is not allowed to deploy to stage"));
        Assert.That(_runner.Recording!.Commands, Is.Empty);
    }

    /// <summary>The default, which the workflows do not use.</summary>
    [Test]
    public void SingleQueue_CancelsTheJobThatWaitedBefore()
    {
        using IDisposable? holder = _runner.Groups.Enter("acme/infra", "Group", queue: false);
        var second = Task.Run(() => _runner.Groups.Enter("acme/infra", "group", queue: false));
        _runner.State.Wait(() => _runner.Groups.Waiting("acme/infra", "group") == 1, "the second");
        var third = Task.Run(() => _runner.Groups.Enter("acme/infra", "group", queue: false));

        Assert.That(second.Result, Is.Null, "cancelled");
        holder!.Dispose();
        using IDisposable? entered = third.Result;
        Assert.That(entered, Is.Not.Null);
        using IDisposable? other = _runner.Groups.Enter("acme/shop", "group", queue: false);
        Assert.That(other, Is.Not.Null, "groups are per repository");
    }

    private void WaitInQueue(int runs) => _runner.State.Wait(
        () => _runner.Groups.Waiting(RecordedRuns.Infrastructure, "infra-live") == runs, $"{runs} runs in the queue");

    private void Protect(string environment, string branch, int reviewers)
    {
        _runner.GitHub.Settings[$"environments/{environment}"] = new JObject
        {
            ["reviewers"] = new JArray(Enumerable.Range(1, reviewers).Select(id => new JObject { ["type"] = "User", ["id"] = id })),
            ["prevent_self_review"] = reviewers > 0,
            ["deployment_branch_policy"] = new JObject { ["protected_branches"] = false, ["custom_branch_policies"] = true },
        };
        _runner.GitHub.DeploymentBranches.Add((environment, branch));
    }
}
