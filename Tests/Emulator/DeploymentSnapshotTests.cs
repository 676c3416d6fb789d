using System.Text.RegularExpressions;
using Infra.Naming;
using Infra.Operations.AwsClients;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>Snapshots of a production database before deployments, taken with the deployment role.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed partial class DeploymentSnapshotTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";
    private const string Identifier = "saved-prod-db";

    [Test, Property("Row", "L-L3"), Property("Row", "L8")]
    public async Task Deployment_TakesASnapshotFirst_KeepsTheLastOnes_AndSaysHowToRestore()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("prod", """
            {
              "name": "prod", "project": "saved", "account": "111111111111", "region": "us-east-1", "production": true,
              "github": { "repository": "acme/saved" },
              "network": { "flowLogs": false, "nat": "none" },
              "database": { "name": "shop", "user": "shop", "multiAz": false, "deploymentSnapshots": 2 }
            }
            """);
        string[] choice = ["--env", environment, "--emulator", "--yes"];
        sandbox.Expect(0, ["bootstrap", .. choice]);
        RoleSession apply = RoleSession.OfJob(
            sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/saved-prod-{GitHubRoles.Apply}",
            JobClaims.Deploying("acme/saved", "prod"));
        var rds = new RdsClient(sandbox.Access(Account, Region), TimeSpan.FromSeconds(1));

        Run first = sandbox.ExpectAs(apply, 0, ["deploy", "base", .. choice]);
        Run second = sandbox.ExpectAs(apply, 0, ["deploy", "base", .. choice]);
        await rds.CreateSnapshotAsync(Identifier, "taken-by-hand", TimeSpan.FromMinutes(1), default);
        sandbox.ExpectAs(apply, 0, ["database", "snapshot", .. choice]);
        Run fourth = sandbox.ExpectAs(apply, 0, ["deploy", "base", .. choice]);
        Run skipped = sandbox.ExpectAs(apply, 0, ["deploy", "base", "--skip-snapshot", .. choice]);

        string snapshot = SnapshotForm().Match(second.Output).Value;
        string newest = SnapshotForm().Match(fourth.Output).Value;
        // Those that RDS takes itself begin with rds:.
        string[] kept =
        [
            .. (await rds.SnapshotsAsync(Identifier, default)).Select(each => each.Identifier)
                .Where(each => !each.StartsWith("rds:", StringComparison.Ordinal)),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Output, Does.Contain("snapshot: no database exists yet"));
            Assert.That(second.Output,
                Does.Contain($"to restore it: ./infra database restore --env {environment} --emulator --snapshot {snapshot}"));
            Assert.That(second.Output.IndexOf("] snapshot", StringComparison.Ordinal),
                Is.LessThan(second.Output.IndexOf("] base", StringComparison.Ordinal)), "before base");
            Assert.That(fourth.Output, Does.Contain($"{snapshot}: deleted, because 2 are kept"));
            Assert.That(kept, Has.Length.EqualTo(3).And.Contains("taken-by-hand").And.Contains(newest).And.Not.Contains(snapshot));
            Assert.That(skipped.Output, Does.Not.Contain("] snapshot"));
            Assert.That(sandbox.Expect(5, ["database", "restore", "--snapshot", newest, "--dry-run", .. choice]).Output,
                Does.Contain($"{Identifier} is restored from snapshot {newest}"));
        }
    }

    [GeneratedRegex("saved-prod-db-deploy-[0-9]{17}")]
    private static partial Regex SnapshotForm();
}
