using Infra.Configuration;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Tests.Emulator;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>
/// Whole runs of plan.yml, of a pull request that replaces a database, with the guard of the program but without Terraform.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
[Property("Row", "X7"), Property("Row", "T12")]
internal sealed class RecordedDataLossTests
{
    private const string Address = "aws_db_instance.database";

    private WorkflowRunner _runner = null!;

    [SetUp]
    public void SetUp()
    {
        _runner = RecordedRuns.Runner();
        _runner.Recording!.Plans = call => Summary(call.Variables["INFRA_ENV"]);
    }

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [Test]
    public void PullRequest_ThatReplacesADatabase_IsRed_UntilTheFileNamesIt()
    {
        WorkflowResult red = Plan(success: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((red.Jobs["environment"], red.Jobs["plan"]), Is.EqualTo(("failure", "failure")), "plan is the required check");
            Assert.That(Comment(), Does.Contain(
                $"> - `{Address}`: the data of its databases; **not allowed**, a deployment stops: keep it, or name it in `allowDataLoss`"));
        }

        Name("2999-01-01");
        WorkflowResult green = Plan(success: true);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((green.Jobs["environment"], green.Jobs["plan"]), Is.EqualTo(("success", "success")));
            Assert.That(Comment(), Does.Contain($"> - `{Address}`: the data of its databases; allowed\n"), "the same comment");
        }

        Name("2020-01-01");
        Plan(success: false);
        Assert.That(Comment(), Does.Contain("**not allowed**"), "the entry is expired");
    }

    /// <summary>Findings make the check red, but not the plan: the reviewer reads both in the comment.</summary>
    [Test]
    public void PullRequest_WithFindings_IsPlannedAndCommented_AndRed()
    {
        _runner.Recording!.Plans = null;
        _runner.Recording.Fails = call => call.Arguments[0] == "check" ? 1 : null;
        WorkflowResult result = Plan(success: false);
        Assert.That((result.Jobs["findings"], result.Jobs["environment"], result.Jobs["plan"]),
            Is.EqualTo(("failure", "success", "failure")));
        Assert.That(Comment(), Does.Contain("plan of base"));
    }

    private WorkflowResult Plan(bool success) => _runner.Expect(success, "plan.yml", WorkflowEvent.PullRequest(7, onto: "main"));

    private string Comment() => _runner.GitHub.Comments.Select(comment => (string)comment.Comment["body"]!)
        .Single(body => body.StartsWith("<!-- infra: Plan for stage -->", StringComparison.Ordinal));

    private void Name(string lastDay) => _runner.Environment("stage", RecordedRuns.Environment("stage", "111111111111", $$"""
        "services": { "web": { "port": 8080 } },
        "allowDataLoss": [{ "address": "{{Address}}", "until": "{{lastDay}}", "reason": "a new engine" }]
        """));

    private PlanSummary Summary(string environment)
    {
        LoadedEnvironment loaded =
            EnvironmentFile.Load(Path.Combine(_runner.Environments, $"{environment}.json"), Sandbox.Root).Environment!;
        ResourceChange[] changes = environment == "stage"
            ? [new(Address, "aws_db_instance", "replace", [new("engine", "postgres", "mysql", ForcesReplacement: true)])]
            : [];
        using var output = new StringWriter();
        IReadOnlyList<DataLoss> losses = DataLoss.Of(changes);
        var guard = new PlanGuard(
            loaded.Config, loaded.Config.Disposable, [], DateOnly.FromDateTime(DateTime.UtcNow),
            new Reporter(output, output, interactive: false));
        return new PlanSummary
        {
            Project = loaded.Config.Project,
            Environment = environment,
            Account = loaded.Config.Account,
            Region = loaded.Config.Region,
            Stacks =
            [
                new StackSummary
                {
                    Stack = "base",
                    Changes = changes.Length > 0,
                    Resources = changes,
                    Losses = losses,
                    Refused = [.. guard.Unnamed(changes).Select(loss => loss.Address)],
                },
            ],
        };
    }
}
