using Infra.Configuration;
using Infra.Operations.Trial;
using Infra.Operations.Trial.Runs;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Trial;

/// <summary>The environment of a trial has no findings, and only contains what steps need.</summary>
internal sealed class TrialEnvironmentTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void Json_WithEveryStep_HasNoFindings(bool onEmulator)
    {
        LoadedEnvironment environment = Load(onEmulator, []);
        Assert.Multiple(() =>
        {
            Assert.That(environment.Config.Emulator, Is.EqualTo(onEmulator));
            Assert.That(environment.Config.Disposable, Is.True);
            Assert.That(environment.Config.Production, Is.False);
            Assert.That(environment.Config.Database, Is.Not.Null);
            Assert.That(environment.Config.Schedule!.DestroysRuntime, Is.True);
            Assert.That(environment.Config.Backup!.CopyRegion, Is.EqualTo("us-west-2"));
            Assert.That(environment.Names.Prefix, Is.EqualTo("infratrial-trial"));
        });
    }

    [Test]
    public void Json_WithoutAStep_LacksWhatOnlyItNeeds()
    {
        LoadedEnvironment environment = Load(false, ["database-restore", "backup-copy", "sleep-and-wake"]);
        Assert.That((environment.Config.Database, environment.Config.Backup, environment.Config.Schedule),
            Is.EqualTo(((object?)null, (object?)null, (object?)null)));
    }

    [Test]
    public void Obstacles_ProductionEnvironmentsAndWhatIsThere_AreNamed()
    {
        Assert.That(Preflight.Obstacles("222222222222", [], [], []), Is.Empty);
        Assert.That(
            Preflight.Obstacles(
                "222222222222", ["acme-prod", "acme-sandbox"], ["dev"], ["arn:aws:ecs:us-east-1:222222222222:cluster/shop"]),
            Is.EqualTo(new[]
            {
                "environment dev is in 222222222222", "the account's alias is acme-prod",
                "the account is not empty: arn:aws:ecs:us-east-1:222222222222:cluster/shop",
            }));
    }

    [Test]
    public void EnvironmentsIn_FindsThoseOfTheRepository()
    {
        using var folder = new TemporaryFolder();
        folder.Write("environments/live.json",
            """{ "name": "live", "project": "acme", "account": "222222222222", "region": "us-east-1", "production": true }""");
        folder.Write("environments/local.json",
            """{ "name": "local", "project": "acme", "account": "222222222222", "region": "us-east-1", "emulator": true }""");
        folder.Write("environments/dev.json", """{ "name": "dev", "project": "acme", "account": "333333333333", "region": "us-east-1" }""");
        Assert.That(Preflight.EnvironmentsIn(folder.Path, "222222222222"), Is.EqualTo(new[] { "live (production)" }));
    }

    private static LoadedEnvironment Load(bool onEmulator, string[] skipped)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("trial.json", TrialEnvironment.Json(
            "222222222222", "us-east-1", onEmulator, [.. TrialCommand.Choose(skipped).Select(step => step.Name)],
            TrialEnvironment.FirstPort));
        LoadResult result = EnvironmentFile.Load(file, Checkout.Find().Root);
        return result.Environment ?? throw new AssertionException(string.Join('\n', result.Findings));
    }
}
