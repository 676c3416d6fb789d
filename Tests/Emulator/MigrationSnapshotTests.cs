using System.Text.RegularExpressions;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>Snapshots of a production database before migrations, taken with the role that releases.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed partial class MigrationSnapshotTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";
    private const string Identifier = "kept-prod-db";

    [Test, Property("Row", "T11"), Property("Row", "L8")]
    public async Task Release_TakesASnapshotBeforeTheMigration_KeepsTheLastOne_AndSaysHowToRestore()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("prod", """
            {
              "name": "prod", "project": "kept", "account": "111111111111", "region": "us-east-1", "production": true,
              "github": { "repository": "acme/kept" },
              "network": { "flowLogs": false, "nat": "single" },
              "database": { "name": "shop", "user": "shop", "multiAz": false, "deploymentSnapshots": 1 },
              "services": {
                "web": {
                  "desired": 1, "secrets": { "DATABASE_URL": "database-url" },
                  "migration": { "command": ["migrate"], "createUser": true }
                }
              }
            }
            """);
        string[] choice = ["--env", environment, "--emulator", "--yes"];
        sandbox.Expect(0, ["bootstrap", .. choice]);
        sandbox.Expect(0, ["deploy", .. choice]);
        RoleSession release = RoleSession.OfJob(
            sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/kept-prod-{GitHubRoles.Release}",
            JobClaims.Deploying("acme/kept", "prod"));
        var rds = new RdsClient(sandbox.Access(Account, Region), TimeSpan.FromSeconds(1));
        var asRelease = new RdsClient(
            AwsAccess.ToEmulator(sandbox.Emulator, Account, Region, release.Credentials), TimeSpan.FromSeconds(1));
        await rds.CreateSnapshotAsync(Identifier, $"{Identifier}-deploy-20260101000000000", TimeSpan.FromMinutes(1), default);

        string first = await PushAsync("1"), second = await PushAsync("2");
        Run dry = sandbox.ExpectAs(release, 5, ["release", "web", first, "--dry-run", .. choice]);
        Run one = sandbox.ExpectAs(release, 0, ["release", "web", first, .. choice]);
        Run two = sandbox.ExpectAs(release, 0, ["release", "web", second, .. choice]);
        Run back = sandbox.ExpectAs(release, 0, ["rollback", "web", .. choice]);
        Run migrated = sandbox.ExpectAs(release, 0, ["migrate", "web", .. choice]);

        string oldest = SnapshotForm().Match(one.Output).Value, older = SnapshotForm().Match(two.Output).Value;
        string newest = SnapshotForm().Match(migrated.Output).Value;
        string[] kept =
        [
            .. (await rds.SnapshotsAsync(Identifier, default)).Select(each => each.Identifier)
                .Where(each => !each.StartsWith("rds:", StringComparison.Ordinal)),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dry.Output, Does.Contain("after a snapshot of the database and the migration"));
            Assert.That(one.Output, Does.Contain(
                $"snapshot: {oldest}; to restore it: ./infra database restore --env {environment} --emulator --snapshot {oldest}"));
            Assert.That(
                one.Output, Does.Match("(?s)snapshot before the migration.*: available.*the migration ran.*the ledger now contains"));
            Assert.That(two.Output, Does.Contain($"{oldest}: deleted, because 1 are kept"));
            Assert.That(back.Output, Does.Not.Contain("snapshot before"), "a rollback runs no migration");
            Assert.That(migrated.Output, Does.Contain($"{older}: deleted, because 1 are kept"));
            Assert.That(kept, Is.EquivalentTo(new[] { newest, $"{Identifier}-deploy-20260101000000000" }), "not those of deployments");
        }

        foreach (string forbidden in new[] { $"{Identifier}-deploy-20260101000000000", "other-db-migrate-1" })
            Assert.That(
                () => asRelease.DeleteSnapshotAsync(forbidden, default), Throws.Exception.With.Message.Contains("rds:DeleteDBSnapshot"));

        Task<string> PushAsync(string content) => TestImage.PutAsync(
            sandbox.Access(Account, Region), "kept/web", $"v{content}", TestImage.Manifest(content));
    }

    [GeneratedRegex("kept-prod-db-migrate-[0-9]{17}")]
    private static partial Regex SnapshotForm();
}
