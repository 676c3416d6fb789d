using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Databases;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>The runbook's restore of a database: Terraform manages the restored instance, and nothing is replaced.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[Property("Finding", "A5"), Property("Row", "D11")]
internal sealed class DatabaseRestoreTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";
    private const string Identifier = "shop-loss-db";

    [Test]
    public async Task Restore_OfASnapshot_IsManagedByTerraform_AndTheInstanceBeforeStaysUntilItIsDeleted()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("loss", """
            {
              "name": "loss", "project": "shop", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "network": { "flowLogs": false, "nat": "none" }, "database": { "name": "shop", "user": "shop" }
            }
            """);
        string[] choice = ["--env", environment, "--yes"];
        sandbox.Expect(0, ["deploy", "base", .. choice]);
        AwsAccess access = sandbox.Access(Account, Region);
        var rds = new RdsClient(access, TimeSpan.FromSeconds(1));
        await rds.CreateSnapshotAsync(Identifier, "before-the-loss", TimeSpan.FromHours(1), default);
        DbInstance before = (await rds.FindAsync(Identifier, default))!;
        string[] restore = ["database", "restore", "--snapshot", "before-the-loss", .. choice];

        Assert.That(sandbox.Expect(0, ["database", "backups", .. choice]).Output,
            Does.Contain("before-the-loss").And.Contain("latest restorable time"));
        Assert.That(
            sandbox.Expect(2, ["database", "restore", "--snapshot", "none", .. choice]).Output, Does.Contain("there is no snapshot none"));
        Assert.That(sandbox.Expect(5, [.. restore, "--dry-run"]).Output, Does.Contain($"1. restore the instance {Identifier}-restored"));

        // The state after a run that was interrupted after its first step.
        Running interrupted = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), restore);
        interrupted.WaitFor("[2/6]");
        interrupted.Interrupt();
        interrupted.Wait();

        Run run = sandbox.Expect(0, restore);
        DbInstance after = (await rds.FindAsync(Identifier, default))!;
        var state = new StateBucket(access, $"shop-tfstate-{Account}", "shop-tfstate-lock");
        string? managed =
            (string?)(await state.AttributesAsync("shop/loss/base", "aws_db_instance", default)).Values.Single()["resource_id"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                run.Output, Does.Not.Contain($"] restore the instance {Identifier}-restored"), "it continues where it was interrupted");
            Assert.That(after.ResourceId, Is.Not.EqualTo(before.ResourceId));
            Assert.That(managed, Is.EqualTo(after.ResourceId), "the state follows the identifier");
            Assert.That(after.SecretStatus, Is.EqualTo("active"));
            Assert.That(after.Tags, Does.Not.ContainKey(RestoreSource.Tag));
            Assert.That((await rds.FindAsync($"{Identifier}-before-restore", default))!.ResourceId, Is.EqualTo(before.ResourceId));
        }

        sandbox.Expect(0, ["plan", "base", .. choice]);
        Assert.That(sandbox.Expect(2, restore).Output, Does.Contain("of an earlier restore still exists"));
        sandbox.Expect(0, ["database", "delete-previous", .. choice]);
        Assert.That(await rds.FindAsync($"{Identifier}-before-restore", default), Is.Null);
    }
}
