using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Tests.Support;
using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace Infra.Tests.Operations.Sessions;

[Property("Row", "X7")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PlanGuardTests : IDisposable
{
    private const string Address = "aws_db_instance.database";

    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly ResourceChange Replaced = new(Address, "aws_db_instance", "replace", []);

    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [TestCase("replace", "is destroyed and recreated; lost: the data of its databases")]
    [TestCase("delete", "is destroyed; lost: the data of its databases")]
    public void ReviewAsync_DataIsLost_IsRefused_AndSaysHowToNameIt(string action, string expected)
    {
        OperationException refused = Refused([Replaced with { Action = action }]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.DataAtRisk));
            Assert.That(refused.Message, Is.EqualTo("the plan of base destroys what cannot be recreated; it was not applied"));
            Assert.That(refused.Remedy, Does.StartWith($"{Address} {expected}\n").And.Contain($"--allow-data-loss {Address},"));
        }
    }

    [TestCase("update"), TestCase("move"), TestCase("forget"), TestCase("create"), TestCase("import")]
    public void ReviewAsync_NothingIsLost_Passes(string action) =>
        Assert.That(() => Review([Replaced with { Action = action, PreviousAddress = "aws_db_instance.old" }]), Throws.Nothing);

    [Test]
    public void ReviewAsync_Named_Passes_AndIsShown()
    {
        Assert.That(() => Review([Replaced], named: [Address]), Throws.Nothing);
        Assert.That(_output.ToString(), Is.EqualTo($"  allowed: {Address} is destroyed and recreated; lost: the data of its databases\n"));
    }

    [Test]
    public void ReviewAsync_EachResource_IsNamed()
    {
        OperationException refused =
            Refused([Replaced, new("aws_s3_bucket.files", "aws_s3_bucket", "delete", [])], named: [Address]);
        Assert.That(refused.Remedy, Does.Contain("aws_s3_bucket.files").And.Not.Contain(Address));
    }

    [TestCase("2026-11-22", false), TestCase("2027-01-01", false), TestCase("2026-11-21", true)]
    public void ReviewAsync_EntryOfTheEnvironmentFile_IsValidUntilItsDay(string until, bool refused)
    {
        AllowedLossConfig entry = new() { Address = Address, Until = until, Reason = "moved to another instance" };
        Assert.That(
            () => Review([Replaced], entry: entry), refused ? Throws.TypeOf<OperationException>() : (IResolveConstraint)Throws.Nothing);
        Assert.That(
            () => Review([Replaced], entry: entry with { Address = "aws_db_instance.other" }), Throws.TypeOf<OperationException>());
    }

    /// <summary>What <c>plan</c> reports with exit code 6 is what <c>deploy</c> stops for.</summary>
    [TestCase(false, false, true), TestCase(true, false, false), TestCase(false, true, false)]
    public void Refused_IsWhatReviewStopsFor(bool named, bool disposable, bool refused)
    {
        StackPlan plan = Plan([Replaced]);
        IReadOnlyList<DataLoss> losses = Guard(named ? [Address] : [], null, disposable).Refused(plan);
        Assert.That(losses.Select(loss => loss.Address), Is.EqualTo(refused ? new[] { Address } : []));
        Assert.That(Guard([], null, disposable: false).Refused(plan with { Destroys = true }), Is.Empty);
    }

    [Test]
    public void ReviewAsync_Renamed_AdvisesAMovedBlock() => Assert.That(
        Refused([Replaced with { Action = "delete" }, new("aws_db_instance.main", "aws_db_instance", "create", [])]).Remedy,
        Does.Contain($"if it was only renamed, keep it with:\nmoved {{\n  from = {Address}\n  to   = aws_db_instance.main\n}}\n"));

    [Test]
    public void ReviewAsync_SeveralOfTheType_AreNoRename() => Assert.That(
        Refused([
            Replaced with { Action = "delete" }, new("aws_db_instance.b", "aws_db_instance", "create", []),
            new("aws_db_instance.c", "aws_db_instance", "create", []),
        ]).Remedy, Does.Not.Contain("moved"));

    [Test]
    public void ReviewAsync_DisposableEnvironment_AndDestroy_AreNotGuarded()
    {
        Assert.That(() => Review([Replaced], disposable: true), Throws.Nothing);
        Assert.That(() => Review([Replaced], destroys: true), Throws.Nothing);
    }

    private OperationException Refused(IReadOnlyList<ResourceChange> changes, params string[] named) =>
        Assert.Throws<OperationException>(() => Review(changes, named: named))!;

    private void Review(
        IReadOnlyList<ResourceChange> changes, string[]? named = null, AllowedLossConfig? entry = null, bool disposable = false,
        bool destroys = false) =>
        Guard(named ?? [], entry, disposable).ReviewAsync(Plan(changes, destroys), CancellationToken.None).GetAwaiter().GetResult();

    private PlanGuard Guard(string[] named, AllowedLossConfig? entry, bool disposable)
    {
        var environment = new EnvironmentConfig
        {
            Name = "prod",
            Project = "tap",
            Account = "111111111111",
            Region = "us-east-1",
            AllowDataLoss = entry is null ? [] : [entry],
        };
        return new PlanGuard(environment, disposable, named, Today, new Reporter(_output, _output, interactive: false));
    }

    private static StackPlan Plan(IReadOnlyList<ResourceChange> changes, bool destroys = false)
    {
        using var folder = new TemporaryFolder();
        folder.Write("cdk.tf.json", "{}");
        return new StackPlan(
            new StackFolder("base", folder.Path), "plan", destroys, HasChanges: true, new PlanContents(changes, []),
            new ChangeCounts(0, 0, 1));
    }
}
