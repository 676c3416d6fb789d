using System.Text.RegularExpressions;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// Snapshots of a production database before deployments, taken with the role that deploys, and before migrations, taken with the role that
/// releases.
/// </summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed partial class SnapshotTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";
    private const string Identifier = "kept-prod-db";

    private readonly Sandbox _sandbox = new();
    private string _environment = "";
    private string[] _choice = [];
    private Run _first = null!;
    private RdsClient _rds = null!;
    private RoleSession _apply = null!;
    private RoleSession _release = null!;

    [OneTimeSetUp]
    public void Deploy()
    {
        _environment = _sandbox.Environment("prod", """
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
        _choice = ["--env", _environment, "--emulator", "--yes"];
        _sandbox.Expect(0, ["bootstrap", .. _choice]);
        _apply = Session(GitHubRoles.Apply);
        _release = Session(GitHubRoles.Release);
        _rds = new RdsClient(_sandbox.Access(Account, Region), TimeSpan.FromSeconds(1));
        _first = _sandbox.ExpectAs(_apply, 0, ["deploy", .. _choice]);
    }

    [OneTimeTearDown]
    public void Stop() => _sandbox.Dispose();

    [Test, Order(1), Property("Row", "L-L3"), Property("Row", "L8")]
    public async Task Deployment_TakesASnapshotFirst_KeepsTheLastOne_AndSaysHowToRestore()
    {
        Run second = _sandbox.ExpectAs(_apply, 0, ["deploy", "base", .. _choice]);
        await _rds.CreateSnapshotAsync(Identifier, "taken-by-hand", TimeSpan.FromHours(1), default);
        Run third = _sandbox.ExpectAs(_apply, 0, ["database", "snapshot", .. _choice]);
        Run skipped = _sandbox.ExpectAs(_apply, 0, ["deploy", "base", "--skip-snapshot", .. _choice]);

        string older = OfDeployments().Match(second.Output).Value;
        string[] kept = await KeptAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_first.Output, Does.Contain("snapshot: no database exists yet"));
            Assert.That(second.Output,
                Does.Contain($"to restore it: ./infra database restore --env {_environment} --emulator --snapshot {older}"));
            Assert.That(second.Output.IndexOf("] snapshot", StringComparison.Ordinal),
                Is.LessThan(second.Output.IndexOf("] base", StringComparison.Ordinal)), "before base");
            Assert.That(third.Output, Does.Contain($"{older}: deleted, because 1 are kept"));
            Assert.That(skipped.Output, Does.Not.Contain("] snapshot"));
            Assert.That(kept, Has.Length.EqualTo(2).And.Contains("taken-by-hand").And.Not.Contains(older));
        }

        string newest = kept.Single(each => each != "taken-by-hand");
        Assert.That(_sandbox.Expect(5, ["database", "restore", "--snapshot", newest, "--dry-run", .. _choice]).Output,
            Does.Contain($"{Identifier} is restored from snapshot {newest}"));
    }

    [Test, Order(2), Property("Row", "T11"), Property("Row", "L8")]
    public async Task Release_TakesASnapshotBeforeTheMigration_KeepsTheLastOne_AndSaysHowToRestore()
    {
        string[] ofOthers = await KeptAsync();
        string first = await PushAsync("1"), second = await PushAsync("2");
        Run dry = _sandbox.ExpectAs(_release, 5, ["release", "web", first, "--dry-run", .. _choice]);
        Run one = _sandbox.ExpectAs(_release, 0, ["release", "web", first, .. _choice]);
        Run two = _sandbox.ExpectAs(_release, 0, ["release", "web", second, .. _choice]);
        Run back = _sandbox.ExpectAs(_release, 0, ["rollback", "web", .. _choice]);
        Run migrated = _sandbox.ExpectAs(_release, 0, ["migrate", "web", .. _choice]);

        string oldest = OfMigrations().Match(one.Output).Value, older = OfMigrations().Match(two.Output).Value;
        string newest = OfMigrations().Match(migrated.Output).Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dry.Output, Does.Contain("after a snapshot of the database and the migration"));
            Assert.That(one.Output, Does.Contain(
                $"snapshot: {oldest}; to restore it: ./infra database restore --env {_environment} --emulator --snapshot {oldest}"));
            Assert.That(
                one.Output, Does.Match("(?s)snapshot before the migration.*: available.*the migration ran.*the ledger now contains"));
            Assert.That(two.Output, Does.Contain($"{oldest}: deleted, because 1 are kept"));
            Assert.That(back.Output, Does.Not.Contain("snapshot before"), "a rollback runs no migration");
            Assert.That(migrated.Output, Does.Contain($"{older}: deleted, because 1 are kept"));
            Assert.That(await KeptAsync(), Is.EquivalentTo(ofOthers.Append(newest)), "not those of deployments");
        }
    }

    [Test, Order(3), Property("Row", "T11")]
    public async Task RoleOfReleases_DeletesNoOtherSnapshots()
    {
        var rds = new RdsClient(
            AwsAccess.ToEmulator(_sandbox.Emulator, Account, Region, _release.Credentials), TimeSpan.FromSeconds(1));
        foreach (string forbidden in (await KeptAsync()).Where(each => OfDeployments().IsMatch(each)).Append("other-db-migrate-1"))
            Assert.That(
                () => rds.DeleteSnapshotAsync(forbidden, default), Throws.Exception.With.Message.Contains("rds:DeleteDBSnapshot"));
    }

    private RoleSession Session(string purpose) => RoleSession.OfJob(
        _sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/kept-prod-{purpose}", JobClaims.Deploying("acme/kept", "prod"));

    // Those that RDS takes itself begin with rds:.
    private async Task<string[]> KeptAsync() =>
    [
        .. (await _rds.SnapshotsAsync(Identifier, default)).Select(each => each.Identifier)
            .Where(each => !each.StartsWith("rds:", StringComparison.Ordinal)),
    ];

    private Task<string> PushAsync(string content) => TestImage.PutAsync(
        _sandbox.Access(Account, Region), "kept/web", $"v{content}", TestImage.Manifest(content));

    [GeneratedRegex("kept-prod-db-deploy-[0-9]{17}")]
    private static partial Regex OfDeployments();

    [GeneratedRegex("kept-prod-db-migrate-[0-9]{17}")]
    private static partial Regex OfMigrations();
}
