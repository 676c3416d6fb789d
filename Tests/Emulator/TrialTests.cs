using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// The trial against the local AWS, from an empty account to an empty account. Without the database, which takes longer than everything
/// else, and whose restore <see cref="DatabaseRestoreTests"/> tests.
/// </summary>
[TestFixture]
[Order(1)] // Order of fixtures: the longest starts first.
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class TrialTests
{
    private const string Account = "333333333333";

    [Test]
    public async Task Trial_RunsEveryStep_AndLeavesNothing()
    {
        using var sandbox = new Sandbox();
        string[] trial = ["trial", "--emulator", "--skip", "database-restore"];
        Assert.That(
            sandbox.Expect(5, [.. trial, "--dry-run"]).Output, Does.Match(@"port-change +7 min +0\.0\d USD").And.Match(@"total +\d+ min"));

        // Everything that the other tests do separately; most of the time is the provider's waiting.
        Run run = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), trial).Wait();

        string report = File.ReadAllText(sandbox.Work("trial", Account, "report.md"));
        JObject json = JObject.Parse(File.ReadAllText(sandbox.Work("trial", Account, "report.json")));
        Assert.That(run.ExitCode, Is.Zero, $"{report}\n{run.Output}");
        string[] held = [.. json.SelectTokens("assumptions[?(@.verdict == 'held')].id").Values<string>().OfType<string>()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json["steps"]!.Select(step => (string?)step["name"]), Is.EqualTo(new[]
            {
                "bootstrap", "deploy", "release", "failed-release", "port-change", "sleep-and-wake", "backup-copy", "rollback", "destroy",
            }));
            Assert.That(
                held, Is.SupersetOf(new[] { "plan-after-apply", "ecs-rollback", "port-change", "wake", "backup-copy", "nothing-left" }));
            Assert.That(json["left"], Is.Empty);
        }

        AwsAccess access = sandbox.Access(Account, "us-east-1");
        using var s3 = access.S3();
        Assert.That((await s3.ListBucketsAsync()).Buckets ?? [], Is.Empty, "the state bucket is deleted too");
        Assert.That(sandbox.Expect(0, "trial", "--emulator", "--clean").Output, Does.Contain("report:"),
            "there is nothing to remove, and that is not a failure");
    }
}
