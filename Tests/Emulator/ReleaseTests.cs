using System.Collections.Concurrent;
using Infra.Naming;
using Infra.Operations.Ledger;
using Infra.Operations.Releases;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// Releases on the local AWS: deployed, rejected, failed and rolled back, promoted, interrupted. Terraform plans no changes after a
/// release, after one that failed, after a rollback, and after one that was interrupted.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class ReleaseTests
{
    private const string Account = "111111111111";

    private const string Region = "us-east-1";

    private const string Repository = $"{Account}.dkr.ecr.{Region}.amazonaws.com/shop/web";

    private Sandbox _sandbox = null!;
    private FakeAws _web = null!;
    private Run _deployed = null!;
    private string _first = null!;
    private string _second = null!;
    private string _crash = null!;
    private bool _healthy = true;
    private readonly ConcurrentDictionary<string, RoleSession> _sessions = new(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task Deploy()
    {
        _sandbox = new Sandbox();
        _web = new FakeAws().Always("GET /health", _ => new FakeAws.Answer(_healthy ? "ok" : "broken", _healthy ? 200 : 500));
        _sandbox.Environment("beta", Environment("beta"));
        _sandbox.Environment("prod", Environment("prod").Replace(
            "\"disposable\": true",
            "\"production\": true, \"security\": { \"allowPlainHttp\": true }, \"naming\": { \"repository\": "
                + "\"{project}-{env}/{purpose}\" }", StringComparison.Ordinal));
        // Done once, with administrator permissions.
        _sandbox.Expect(0, Arguments("bootstrap"));
        _deployed = Expect(0, Arguments("deploy", "--skip-smoke"));
        _first = await PushAsync("1", "0123456789abcdef0123456789abcdef01234567");
        _second = await PushAsync("2", "v2.0.0");
        _crash = await PushAsync("crash", "crash");
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _sandbox.Dispose();
        _web.Dispose();
    }

    [Test, Order(1), Property("Row", "T11")]
    public async Task FirstDeployment_WithAnEmptyRegistry_RunsThePlaceholder()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await RunningAsync()).Image, Does.StartWith("public.ecr.aws/"));
            Assert.That(
                Expect(0, Arguments("status")).Output,
                Does.Contain("web: the placeholder image, nothing was released yet; 1 of 1 tasks run; ok"));
        }
    }

    [Test, Order(1), Property("Finding", "U18")]
    public void FirstDeployment_EndsWithAddressesAndTheNextSteps_AndOutputsAreShownOnRequest()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_deployed.Output, Does.Match(@"(?m)^  web: http://\S+$").And.Match(@"(?m)^  \./infra release web IMAGE --env "));
            Assert.That(_deployed.Output, Does.Not.Contain("vpc_id"));
            Assert.That(
                Expect(0, Arguments("outputs")).Output, Does.Match("(?m)^  vpc_id = vpc-").And.Contain("  cluster_name = shop-beta"));
        }
    }

    [Test, Order(2), Property("Row", "D7"), Property("Row", "T10")]
    public async Task Release_DeploysTheDigestAndWaits()
    {
        Run run = Expect(0, Arguments("release", "web", $"{Repository}@{_first}"));
        RunningService running = await RunningAsync();
        JToken status = JObject.Parse(Expect(0, Arguments("status", "--json")).Output)["services"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.Image, Is.EqualTo($"{Repository}@{_first}"));
            Assert.That(running.Rollout, Is.EqualTo("COMPLETED"));
            Assert.That(run.Output, Does.Contain("passed    health"));
            Assert.That((string?)status["released"], Is.EqualTo(_first));
            Assert.That((string?)status["commit"], Is.EqualTo("0123456789abcdef0123456789abcdef01234567"));
            Assert.That((string?)status["state"], Is.EqualTo("ok"));
        }

        PlanIsClean();
    }

    [Test, Order(3)]
    public void Release_OfTheRunningImage_DoesNothing() =>
        Assert.That(Expect(0, Arguments("release", "web", _first)).Output, Does.Contain("already").And.Not.Contain("apply"));

    [Test, Order(4)]
    public void Release_OfAMissingImage_ChangesNothing()
    {
        string missing = "sha256:" + new string('e', 64);
        Run run = Expect(2, Arguments("release", "web", missing));
        Assert.That(run.Output, Does.Contain($"repository shop/web of account {Account} has no image {missing}"));
        Assert.That(Expect(2, Arguments("release", "api", _first)).Output, Does.Contain("beta has no service api").And.Contain("web"));
        Assert.That(Expect(2, Arguments("release", "web", $"{Account}.dkr.ecr.{Region}.amazonaws.com/other@{_first}")).Output,
            Does.Contain("shop/web"));
    }

    [Test, Order(5), Property("Row", "D11"), Property("Row", "D7")]
    public async Task Release_ThatNeverBecomesHealthy_IsRolledBackAutomatically()
    {
        Run run = Expect(1, Arguments("release", "web", _crash));
        RunningService running = await RunningAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("ECS rolled back the deployment").And.Contain("deployment failed: tasks failed to start"));
            Assert.That(run.Output, Does.Contain($"failed and was rolled back: it runs {ImageReference.Short(_first)} again"));
            Assert.That(running.Image, Does.EndWith(_first));
        }

        PlanIsClean();
    }

    [Test, Order(5), Property("Finding", "A4"), Property("Row", "D11")]
    public async Task Deploy_WhoseImageNeverBecomesHealthy_Fails_AlthoughEcsRolledBack()
    {
        string before = (await LedgerAsync()).Value;
        var ledger = new ReleaseLedger(_sandbox.Access(Account, Region));
        await ledger.WriteAsync("/beta/shop/releases/web", _crash, default);
        Run run = Expect(1, Arguments("deploy", "runtime", "--skip-smoke"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("ECS rolled back the deployment of shop-beta-web: it runs").And.Contain(before));
            Assert.That(run.Output, Does.Contain("deployment failed: tasks failed to start").And.Contain("./infra rollback"));
            Assert.That((await RunningAsync()).Image, Does.EndWith(before));
        }

        await ledger.WriteAsync("/beta/shop/releases/web", before, default);
        Expect(0, Arguments("deploy", "runtime", "--skip-smoke"));
    }

    [Test, Order(6), Property("Row", "D11"), Property("Row", "L9")]
    public async Task Release_WhoseSmokeTestFails_IsRolledBackAutomatically()
    {
        _healthy = false;
        Run run = Expect(1, Arguments("release", "web", "v2.0.0"));
        _healthy = true;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("failed    health").And.Contain("answers 500, expected 200").And.Contain("rolled back"));
            Assert.That((await RunningAsync()).Image, Does.EndWith(_first));
        }
    }

    [Test, Order(7), Property("Row", "T11")]
    public async Task Release_WhoseMigrationFails_StopsBeforeAnythingChanges()
    {
        _sandbox.Environment("beta", Environment("beta", migration: """, "migration": { "command": ["sh", "-c", "migrate; exit 3"] }"""));
        // Roles have the permissions of the environment file with which they were deployed.
        _sandbox.Expect(0, Arguments("bootstrap"));
        Expect(0, Arguments("deploy", "--skip-smoke"));
        string before = (await LedgerAsync()).Value;
        Run run = Expect(1, Arguments("release", "web", "v2.0.0"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                run.Output, Does.Contain("the migration of web failed: exit code 3").And.Contain("the previous version keeps running"));
            Assert.That((await LedgerAsync()).Value, Is.EqualTo(before));
            Assert.That((await RunningAsync()).Image, Does.EndWith(_first));
        }
        _sandbox.Environment("beta", Environment("beta", migration: """, "migration": { "command": ["migrate", "up"] }"""));
        Expect(0, Arguments("deploy", "--skip-smoke"));
    }

    [Test, Order(8), Property("Row", "D11"), Property("Row", "L8"), Property("Row", "T11")]
    public async Task Rollback_DeploysTheLastWorkingVersion_NotTheFailedOne()
    {
        Run release = Expect(0, Arguments("release", "web", "v2.0.0"));
        Assert.That((await RunningAsync()).Image, Does.EndWith(_second), "a tag is resolved to its digest");
        Assert.That(release.Output, Does.Match("(?s)the migration ran.*the ledger now contains"), "once, and before");

        Run run = Expect(0, Arguments("rollback", "web"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("migrations are not undone"));
            Assert.That((await RunningAsync()).Image, Does.EndWith(_first));
        }

        PlanIsClean();
    }

    [Test, Order(9), Property("Row", "D11"), Property("Row", "L8")]
    public async Task Rollback_ToAVersion_RunsThatOne()
    {
        long second = (await new ReleaseLedger(_sandbox.Access(Account, Region)).HistoryAsync("/beta/shop/releases/web", default))
            .First(entry => entry.Value == _second).Version;
        Expect(0, Arguments("rollback", "web", "--to", second.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That((await RunningAsync()).Image, Does.EndWith(_second));
        Assert.That(Expect(2, Arguments("rollback", "web", "--to", "99")).Output, Does.Contain("has no version 99").And.Contain("failed"));
    }

    [Test, Order(10), Property("Row", "L8")]
    public async Task Release_Interrupted_IsCompletedByTheSameCommand()
    {
        Running running = StartRelease(_first);
        running.WaitFor("the ledger now contains");
        running.Interrupt();
        Run run = running.Wait();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(130), run.Output);
            Assert.That(run.Output, Does.Contain("done: the migration ran; the ledger contains").And.Contain("the same command again"));
        }

        Expect(0, Arguments("release", "web", _first));
        Assert.That((await RunningAsync()).Image, Does.EndWith(_first));
        PlanIsClean();
    }

    [Test, Order(11)]
    public async Task TwoReleasesAtOnce_RunOneAfterTheOther()
    {
        string third = await PushAsync("3", "v3.0.0");
        Running one = StartRelease(_second);
        one.WaitFor("the ledger now contains");
        // Otherwise it can end before the other one gets to the lock.
        one.Pause();
        Running other = StartRelease(third);
        other.WaitFor("waiting: shop-beta");
        one.Resume();
        Run[] runs = [one.Wait(), other.Wait()];
        Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero, string.Join('\n', runs.Select(run => run.Output)));
        Assert.That((await LedgerAsync()).Value, Is.EqualTo(third));
        Assert.That((await RunningAsync()).Image, Does.EndWith(third));
        Expect(0, Arguments("release", "web", _second));
    }

    [Test, Order(12), Property("Row", "L8")]
    public async Task Promote_ReleasesTheDigestInTheNextEnvironment()
    {
        string prod = _sandbox.EnvironmentFile("prod");
        Expect(0, Arguments("release", "web", _second));
        string[] promote = ["promote", "--from", _sandbox.EnvironmentFile("beta"), "--to", prod, "--emulator"];
        _sandbox.Expect(0, "deploy", "base", "--env", prod, "--emulator", "--yes", "--skip-smoke");
        Run lacking = _sandbox.Expect(2, [.. promote, "--yes"]);
        Assert.That(lacking.Output, Does.Contain($"its repository shop-prod/web in {Account} does not contain {_second}")
            .And.Contain($"imagetools create --tag {Account}.dkr.ecr.{Region}.amazonaws.com/shop-prod/web:v2.0.0 {Repository}@{_second}"));
        Assert.That(await PushAsync("2", "v2.0.0", "shop-prod/web"), Is.EqualTo(_second), "the copy is the same image");

        Assert.That(_sandbox.Expect(2, promote).Output, Does.Contain("prod is marked production"), "it asks for confirmation");

        Run run = _sandbox.Expect(0, [.. promote, "--yes"]);
        string released =
            (await new ReleaseLedger(_sandbox.Access(Account, Region)).CurrentAsync("/prod/shop/releases/web", default)).Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output,
                Does.Contain($"web: {ImageReference.Short(_second)} from beta to prod").And.Contain("runs after the next deployment"));
            Assert.That(released, Is.EqualTo(_second));
        }

        _sandbox.Expect(0, "plan", "base", "--env", prod, "--emulator");
    }

    [Test, Order(13), Property("Finding", "U1")]
    public async Task Release_WithAMigration_WithoutRuntime_IsRefused()
    {
        string prod = _sandbox.EnvironmentFile("prod");
        string file = await File.ReadAllTextAsync(prod);
        await File.WriteAllTextAsync(prod, file.Replace(
            "\"desired\": 1", "\"desired\": 1, \"migration\": { \"command\": [\"migrate\"] }", StringComparison.Ordinal));
        string digest = await PushAsync("1", "v1.0.0", "shop-prod/web");

        Run run = _sandbox.Expect(2, "release", "web", digest, "--env", prod, "--emulator", "--yes");

        await File.WriteAllTextAsync(prod, file);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("web has a migration, which needs runtime").And.Contain("nothing was released"));
            Assert.That(
                (await new ReleaseLedger(_sandbox.Access(Account, Region)).CurrentAsync("/prod/shop/releases/web", default)).Value,
                Is.EqualTo(_second));
        }
    }

    private string Environment(string name, string migration = "") => $$"""
        {
          "name": "{{name}}", "project": "shop", "account": "{{Account}}", "region": "{{Region}}", "disposable": true,
          "github": { "repository": "acme/shop" },
          "network": { "cidr": "10.50.0.0/16", "zones": ["a", "b"], "nat": "single" },
          "repositories": { "web": {} },
          "services": { "web": { "port": 8000, "desired": 1{{migration}} } },
          "smoke": [
            { "name": "health", "kind": "http", "url": "{{_web.Url}}health", "contains": "ok", "seconds": 5 },
            { "name": "home", "kind": "http", "service": "web" }
          ]
        }
        """;

    private Task<string> PushAsync(string content, string tag, string repository = "shop/web") =>
        TestImage.PutAsync(_sandbox.Access(Account, Region), repository, tag, TestImage.Manifest(content));

    private async Task<RunningService> RunningAsync() =>
        (await new ServiceRollout(_sandbox.Access(Account, Region), "shop-beta", "shop-beta-web", "web").ReadAsync(default))!;

    private Task<LedgerEntry> LedgerAsync() =>
        new ReleaseLedger(_sandbox.Access(Account, Region)).CurrentAsync("/beta/shop/releases/web", default);

    /// <summary>Runs a verb with the credentials of the role that normally does, as the workflows do.</summary>
    private Run Expect(int exitCode, params string[] arguments) => _sandbox.ExpectAs(SessionFor(arguments[0]), exitCode, arguments);

    private Running StartRelease(string image) =>
        _sandbox.Start(Path.Combine(Sandbox.Root, "infra"), Arguments("release", "web", image), SessionFor("release").Variables);

    private RoleSession SessionFor(string verb)
    {
        string purpose = verb is "deploy" or "plan" ? GitHubRoles.Apply : GitHubRoles.Release;
        return _sessions.GetOrAdd(purpose, _ => RoleSession.OfJob(
            _sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/shop-beta-{purpose}", JobClaims.Deploying("acme/shop", "beta")));
    }

    private void PlanIsClean() => Expect(0, Arguments("plan", "base", "runtime"));

    private string[] Arguments(params string[] arguments) =>
        [.. arguments, "--env", _sandbox.EnvironmentFile("beta"), "--emulator", "--yes"];
}
