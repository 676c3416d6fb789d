using Infra.Operations.Output;
using Infra.Operations.Terraform;
using NUnit.Framework;

namespace Infra.Tests.Operations.Terraform;

internal sealed class OperationViewTests
{
    private StringWriter _output = null!;
    private DateTime _now;
    private OperationView _view = null!;

    [SetUp]
    public void SetUp()
    {
        _output = new StringWriter();
        _now = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
        _view = new OperationView(new Reporter(_output, TextWriter.Null, interactive: false), () => _now);
    }

    [TearDown]
    public void TearDown() => _output.Dispose();

    [Test]
    public void Tick_InALog_SaysWhatIsWaitedForOnlyAfterHalfAMinuteOfSilence()
    {
        _view.Take(new TerraformEvent.Started("aws_db_instance.database", "create"));
        _now += TimeSpan.FromSeconds(20);
        _view.Tick("applying");
        Assert.That(_output.ToString(), Is.Empty);
        _now += TimeSpan.FromSeconds(60);
        _view.Tick("applying");
        Assert.That(_output.ToString(), Is.EqualTo("  waiting for aws_db_instance.database 1m20s\n"));
    }

    [Test, Property("Finding", "U15")]
    public void Tick_OfAnApply_SaysHowManyAreDone()
    {
        _view = new OperationView(new Reporter(_output, TextWriter.Null, interactive: false), () => _now) { Planned = 170 };
        _view.Take(new TerraformEvent.Completed("aws_eip.nat", "create", TimeSpan.Zero));
        _view.Take(new TerraformEvent.Started("aws_lb.alb", "create"));
        _now += TimeSpan.FromSeconds(40);
        _view.Tick("applying");
        Assert.That(_output.ToString(), Does.EndWith("\n  1 of 170: waiting for aws_lb.alb 40s\n"));
    }

    [Test]
    public void Tick_ManyRun_NamesTheLongestThree()
    {
        foreach (string name in new[] { "a", "b", "c", "d", "e" })
        {
            _view.Take(new TerraformEvent.Started(name, "create"));
            _now += TimeSpan.FromSeconds(1);
        }

        _now += TimeSpan.FromSeconds(35);
        _view.Tick("applying");
        Assert.That(_output.ToString(), Is.EqualTo("  waiting for a 40s, b 39s, c 38s and 2 more\n"));
    }

    [Test]
    public void Take_Completed_IsALineAndCounts()
    {
        _view.Take(new TerraformEvent.Started("aws_lb.alb", "create"));
        _view.Take(new TerraformEvent.Completed("aws_lb.alb", "create", TimeSpan.FromSeconds(61)));
        _view.Take(new TerraformEvent.Completed("aws_eip.nat", "delete", TimeSpan.Zero));
        _view.Take(new TerraformEvent.Completed("data.aws_ssm_parameter.release", "read", TimeSpan.Zero));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_output.ToString(), Is.EqualTo("  created aws_lb.alb (1m01s)\n  destroyed aws_eip.nat\n"));
            Assert.That(_view.Completed, Is.EqualTo(2));
        }
    }

    [Test]
    public void Take_Summary_IsKept()
    {
        _view.Take(new TerraformEvent.Summary(new ChangeCounts(1, 0, 1), "plan"));
        Assert.That(_view.Counts.Total, Is.EqualTo(2));
    }

    [Test]
    public void ShowDiagnostics_Error_NamesTheResourceAndKeepsTheDetail()
    {
        _view.Take(
            new TerraformEvent.Diagnosed(
                new Diagnostic(true, "creating ECR Repository: denied", "line one\nline two", "aws_ecr_repository.app")));
        _view.ShowDiagnostics();
        Assert.That(_output.ToString(),
            Is.EqualTo("error: aws_ecr_repository.app: creating ECR Repository: denied\n       line one\n       line two\n"));
    }

    [Test]
    public void WaitsForLock_UntilTheNextWord()
    {
        _view.Take(new TerraformEvent.WaitingForLock());
        Assert.That(_view.WaitsForLock, Is.True);
        _view.Take(new TerraformEvent.Refreshing("aws_lb.alb"));
        Assert.That(_view.WaitsForLock, Is.False);
    }
}
