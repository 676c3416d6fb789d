using Infra.Operations.AwsClients;
using Infra.Operations.Databases;
using Infra.Operations.Output;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Operations.Databases;

/// <summary>The remaining steps of a restore after an interruption.</summary>
[Property("Finding", "A5")]
internal sealed class RestoreProgressTests
{
    private static readonly RestoreSource Latest = new(null, null);

    private static readonly DatabaseResource Database =
        new("aws_db_instance.database", "acme-dev-db", new JObject { ["resource_id"] = "db-OLD" }, []);

    private static readonly DbInstance Old = Instance("acme-dev-db", "db-OLD", null);

    private static readonly DbInstance Renamed = Instance("acme-dev-db-before-restore", "db-OLD", null);

    private static readonly DbInstance New = Instance("acme-dev-db-restored", "db-NEW", Latest.ToString());

    private static readonly DbInstance Named = Instance("acme-dev-db", "db-NEW", Latest.ToString());

    private static readonly TestCaseData[] Interruptions =
    [
        Case("nothing begun", new(Old, null, null, "db-OLD"),
            RestoreStep.Restore, RestoreStep.ManagePassword, RestoreStep.RenameCurrent, RestoreStep.RenameRestored, RestoreStep.Import,
            RestoreStep.Apply),
        Case("the instance is lost", new(null, null, null, "db-OLD"),
            RestoreStep.Restore, RestoreStep.ManagePassword, RestoreStep.RenameRestored, RestoreStep.Import, RestoreStep.Apply),
        Case("restored", new(Old, New, null, "db-OLD"),
            RestoreStep.ManagePassword, RestoreStep.RenameCurrent, RestoreStep.RenameRestored, RestoreStep.Import, RestoreStep.Apply),
        Case("the old one renamed", new(null, New, Renamed, "db-OLD"), RestoreStep.ManagePassword, RestoreStep.RenameRestored,
            RestoreStep.Import, RestoreStep.Apply),
        Case("both renamed", new(Named, null, Renamed, "db-OLD"), RestoreStep.Import, RestoreStep.Apply),
        Case("removed from the state", new(Named, null, Renamed, null), RestoreStep.Import, RestoreStep.Apply),
        Case("imported", new(Named, null, Renamed, "db-NEW"), RestoreStep.Apply),
    ];

    [TestCaseSource(nameof(Interruptions))]
    public void Left_AfterAnInterruption_ReturnsTheRemainingSteps(object progress, object steps) =>
        Assert.That(((RestoreProgress)progress).Left(Database, Latest), Is.EqualTo((RestoreStep[])steps));

    [Test]
    public void Left_InstanceOfAnEarlierRestoreIsThere_IsRefused()
    {
        var progress = new RestoreProgress(Old with { ResourceId = "db-NEW" }, null, Renamed, "db-NEW");
        OperationException refused = Assert.Throws<OperationException>(() => progress.Left(Database, Latest))!;
        Assert.That(refused.Message, Does.Contain("acme-dev-db-before-restore of an earlier restore still exists"));
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.BadInput));
    }

    [Test]
    public void Left_AnotherRestoreWasBegun_IsRefused()
    {
        var snapshot = new RestoreSource("rds:acme-dev-db-2026-11-20", null);
        foreach (
            var progress in new RestoreProgress[]
            {
                new(Old, New, null, "db-OLD"),
                new(Named, null, Renamed, "db-OLD"),
                new(Named, null, Renamed, "db-NEW"),
            })
        {
            OperationException refused = Assert.Throws<OperationException>(() => progress.Left(Database, snapshot))!;
            Assert.That(
                refused.Message, Does.Contain("an incomplete restore from latest restorable time").And.Contain(
                    "this one is from snapshot rds:acme-dev-db-2026-11-20"));
        }
    }

    private static TestCaseData Case(string name, RestoreProgress progress, params RestoreStep[] steps) =>
        new TestCaseData(progress, steps).SetArgDisplayNames(name);

    private static DbInstance Instance(string identifier, string id, string? from) => new(
        identifier, id, "available", "active", null,
        from is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [RestoreSource.Tag] = from });
}
