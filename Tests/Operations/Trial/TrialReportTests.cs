using Infra.Operations.Output;
using Infra.Operations.Trial;
using Infra.Operations.Trial.Runs;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Trial;

/// <summary>The report of a trial: steps, assumptions, what is left; and the document that describes them.</summary>
internal sealed class TrialReportTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Report_SaysWhatHeldWhatDidNotAndWhatWasNotChecked()
    {
        TrialReport report = Report();
        report.Add(new StepResult("deploy", TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(18), null));
        report.Note(Assumption.PlanAfterApply, true, "no changes after the deployment");
        report.Note(Assumption.Rollback, false, "it runs the new image");
        string page = report.Markdown();
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("| deploy | done | 12m00s | 18m00s |"));
            Assert.That(page, Does.Match(@"\| plan-after-apply: .* \| held \| no changes after the deployment \| https://"));
            Assert.That(page, Does.Match(@"\| ecs-rollback: .* \| did not hold \| it runs the new image \|"));
            Assert.That(page, Does.Match(@"\| backup-copy: .* \| not checked \| - \|"));
            Assert.That(page, Does.Contain("Nothing is left in the account."));
            Assert.That(
                report.Json().SelectToken("assumptions[?(@.id == 'ecs-rollback')].verdict")!.Value<string>(), Is.EqualTo("did not hold"));
            Assert.That(report.Succeeded, Is.False);
        });
    }

    [Test]
    public void Assumption_ThatDidNotHoldOnce_StaysSo()
    {
        TrialReport report = Report();
        report.Note(Assumption.PlanAfterApply, false, "changes after the wake");
        report.Note(Assumption.PlanAfterApply, true, "no changes after the restore");
        Assert.That(report.Of(Assumption.PlanAfterApply), Is.EqualTo((Verdict.DidNotHold, "changes after the wake")));
    }

    [TestCase(null, false, true)]
    [TestCase("failed", false, false)]
    [TestCase(null, true, false)]
    public void Succeeded_NeedsEveryStepAndNothingLeft(string? failure, bool left, bool expected)
    {
        TrialReport report = Report();
        report.Add(new StepResult("deploy", TimeSpan.Zero, TimeSpan.Zero, failure));
        if (left)
            report.Left.Add("arn:aws:s3:::bucket");
        Assert.That(report.Succeeded, Is.EqualTo(expected));
        Assert.That(report.Markdown().Contains("- arn:aws:s3:::bucket", StringComparison.Ordinal), Is.EqualTo(left));
    }

    [Test]
    public void Page_DescribesEveryStepAndAssumption()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs", "trial.md"));
        Assert.Multiple(() =>
        {
            foreach (TrialStep step in TrialCommand.Steps)
            {
                string row =
                    $"| `{step.Name}` | {step.Description} | {step.Expected.TotalMinutes:0} | {TrialCommand.Cost(step.Expected):0.00} |";
                Assert.That(page, Does.Contain(row), step.Name);
            }

            foreach (Assumption assumption in Assumption.All)
                Assert.That(page, Does.Contain($"| `{assumption.Id}` | {assumption.Text} | {assumption.Check} | {assumption.Source} |"),
                    assumption.Id);
        });
    }

    [Test]
    public void Assumptions_HaveIdsOfTheirOwnAndASource()
    {
        Assert.That(Assumption.All.Select(assumption => assumption.Id), Is.Unique);
        Assert.That(Assumption.All.Select(assumption => assumption.Source), Is.All.StartsWith("https://"));
    }

    [Test]
    public void Choose_UnknownStep_IsRefused()
    {
        Assert.That(Assert.Throws<OperationException>(() => TrialCommand.Choose(["deploy"]))!.Remedy,
            Does.Contain("available: failed-release, port-change"));
        Assert.That(TrialCommand.Choose(["database-restore", "rollback"]).Select(step => step.Name),
            Has.None.EqualTo("rollback").And.Some.EqualTo("port-change"));
    }

    private static TrialReport Report() => new("222222222222", "us-east-1", onEmulator: false, Began);
}
