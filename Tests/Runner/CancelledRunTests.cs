using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>Runs that a later run of the same concurrency group cancels: <c>cancel-in-progress</c>.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class CancelledRunTests
{
    private WorkflowRunner _runner = null!;

    [SetUp]
    public void SetUp() => _runner = RecordedRuns.Runner();

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [Test]
    public void NewCommitOfAPullRequest_CancelsTheRunOfTheCommitBefore()
    {
        WorkflowEvent push = WorkflowEvent.PullRequest(7, onto: "main");
        using var planning = new ManualResetEventSlim();
        using var cancelled = new ManualResetEventSlim();
        _runner.Recording!.Fails = call =>
        {
            // The first plan is still running when the second run starts.
            if (call.Arguments[0] == "plan" && !planning.IsSet)
            {
                planning.Set();
                cancelled.Wait();
            }
            return null;
        };
        StartedRun first = _runner.Start("plan.yml", push);
        planning.Wait();

        StartedRun second = _runner.Start("plan.yml", push);
        _runner.State.Wait(() => _runner.Groups.Waiting(RecordedRuns.Infrastructure, "plan-refs/pull/7/merge") == 1, "the second run");
        cancelled.Set();

        WorkflowResult before = first.Wait();
        Assert.That(before.Jobs["environment"], Is.EqualTo("cancelled"), _runner.Output);
        Assert.That(before.Jobs["changes"], Is.EqualTo("success"), "it had ended");
        Assert.That(second.Wait().Succeeded, Is.True, _runner.Output);
    }

    [Test]
    public void NextWeeksVerification_ReplacesOneThatStillWaitsForAReviewer()
    {
        RequireReview();
        StartedRun first = _runner.Start("verify-aws-integration.yml", WorkflowEvent.Schedule);
        first.WaitUntilItWaitsFor("live");

        StartedRun second = _runner.Start("verify-aws-integration.yml", WorkflowEvent.Schedule);

        Assert.That(first.Wait().Jobs.Values, Has.Some.EqualTo("cancelled").And.None.EqualTo("failure"), _runner.Output);
        second.Approve("live", "octocat");
        Assert.That(second.Wait().Succeeded, Is.True, _runner.Output);
    }

    [Test]
    public void VerificationThatWasStartedManually_IsNotCancelled()
    {
        RequireReview();
        StartedRun manual = _runner.Start("verify-aws-integration.yml", WorkflowEvent.Dispatch("main"));
        manual.WaitUntilItWaitsFor("live");

        StartedRun scheduled = _runner.Start("verify-aws-integration.yml", WorkflowEvent.Schedule);
        scheduled.Approve("live", "octocat");

        Assert.That(scheduled.Wait().Succeeded, Is.True, _runner.Output);
        Assert.That(manual.HasEnded, Is.False);
        manual.Approve("live", "octocat");
        Assert.That(manual.Wait().Succeeded, Is.True, _runner.Output);
    }

    private void RequireReview() => _runner.GitHub.Settings["environments/live"] = new JObject
    {
        ["reviewers"] = new JArray(new JObject { ["type"] = "User", ["id"] = 1 }),
    };
}
