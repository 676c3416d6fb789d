using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>Restoring an earlier state, as docs/runbooks/disaster-recovery.md describes it, after the state was corrupted.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[Property("Row", "H6")]
[Property("Row", "D11")]
[Property("Row", "X9")]
internal sealed class StateRecoveryTests
{
    private const string Bucket = "acme-tfstate-111111111111";
    private const string Table = "acme-tfstate-lock";
    private const string Key = "acme/lost/base";

    private const string Small = """
        { "name": "lost", "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true }
        """;

    [Test]
    public async Task State_CorruptedThenDeleted_IsRestored_AndMatchesTheResources()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("lost", Small);
        sandbox.Expect(0, "deploy", "base", "--env", environment, "--yes");
        Uri url = new(Regex.Match(sandbox.Expect(0, "emulator", "status").Output, @"http://127\.0\.0\.1:\d+").Value);
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials("111111111111", "emulator"), new AmazonS3Config { ServiceURL = url.ToString(), ForcePathStyle = true });

        // Corrupted: the newest version is not a state.
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = Key, ContentBody = "not a state" });
        Run broken = sandbox.Infra("plan", "base", "--env", environment);
        Assert.That(broken.ExitCode, Is.Not.Zero.And.Not.EqualTo(5), broken.Output);

        Run list = sandbox.Expect(0, "state", "list", "base", "--env", environment);
        Assert.That(Rows(list)[0], Does.EndWith("(not readable)"));
        string good = Rows(list).First(row => !row.EndsWith(')')).Split(' ').Last();
        int serial = Serial(Rows(list).First(row => !row.EndsWith(')')));
        Run restored = sandbox.Expect(0, "state", "restore", "base", good, "--env", environment, "--yes");
        Assert.That(restored.Output, Does.Contain($"with serial {serial + 1}"));
        sandbox.Expect(0, "plan", "base", "--env", environment);

        // Deleted: the newest version is a delete marker.
        await s3.DeleteObjectAsync(Bucket, Key);
        Assert.That(Rows(sandbox.Expect(0, "state", "list", "base", "--env", environment))[0], Does.EndWith("(deleted)"));
        sandbox.Expect(0, "state", "restore", "base", good, "--env", environment, "--yes");
        sandbox.Expect(0, "plan", "base", "--env", environment);

        // Locked: nothing is changed while another user holds the lock.
        var access = AwsAccess.ToEmulator(url, "111111111111", "us-east-1");
        await using (await StateLock.TakeAsync(access, Bucket, Table, Key, "a test", CancellationToken.None))
        {
            Run refused = sandbox.Expect(1, "state", "restore", "base", good, "--env", environment, "--yes");
            Assert.That(refused.Output, Does.Contain("is locked, held by").And.Contain("a test").And.Contain("nothing was changed"));
        }
        sandbox.Expect(2, "state", "restore", "base", "no-such-version", "--env", environment, "--yes");

        // Terraform's next write continues from it.
        sandbox.Environment(
            "lost", Small.Replace(
                "\"disposable\"", "\"observability\": { \"alertEmails\": [\"a@example.com\"] }, \"disposable\"", StringComparison.Ordinal));
        Run deployed = sandbox.Expect(0, "deploy", "base", "--env", environment, "--yes");
        Assert.That(deployed.Output, Does.Contain("base: 1 added, 0 changed, 0 destroyed"));
        Assert.That(Serial(Rows(sandbox.Expect(0, "state", "list", "base", "--env", environment))[0]), Is.GreaterThan(serial + 2));
    }

    [Test, Property("Finding", "U6")]
    public async Task State_ThatAnApplyCouldNotSave_IsPushedBeforeAnythingElse()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("lost", Small);
        string[] choice = ["--env", environment];
        sandbox.Expect(0, ["deploy", "base", .. choice, "--yes"]);
        sandbox.Expect(2, ["state", "push", "base", .. choice, "--yes"]);
        string folder = sandbox.Work("deploy", "acme-lost", "stacks", "base");
        // What Terraform leaves: the state with a higher serial than the saved one.
        using AmazonS3Client s3 = sandbox.Access("111111111111", "us-east-1").S3();
        using GetObjectResponse saved = await s3.GetObjectAsync(Bucket, Key);
        JObject state = JObject.Parse(await new StreamReader(saved.ResponseStream).ReadToEndAsync());
        long serial = (long)state["serial"]!;
        state["serial"] = serial + 5;
        string unsaved = Path.Combine(folder, "errored.tfstate");
        await File.WriteAllTextAsync(unsaved, state.ToString());

        Run refused = sandbox.Expect(2, ["deploy", "base", .. choice, "--yes"]);
        Assert.That(refused.Output, Does.Contain("base: an earlier apply could not save its state").And.Contain("./infra state push"));
        Run pushed = sandbox.Expect(0, ["state", "push", "base", .. choice, "--yes"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pushed.Output, Does.Contain("base: its state was saved"));
            Assert.That(unsaved, Does.Not.Exist);
            Assert.That(Serial(Rows(sandbox.Expect(0, ["state", "list", "base", .. choice]))[0]), Is.GreaterThanOrEqualTo(serial + 5));
        }

        // Terraform refuses one that is older than the saved state.
        state["serial"] = serial;
        await File.WriteAllTextAsync(unsaved, state.ToString());
        Assert.That(sandbox.Expect(1, ["state", "push", "base", .. choice, "--yes"]).Output, Does.Contain("errored.tfstate failed"));
        Assert.That(unsaved, Does.Exist);
    }

    private static string[] Rows(Run list) =>
        [.. list.Output.Split('\n').Where(line => Regex.IsMatch(line, @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ")).Select(line => line.TrimEnd())];

    private static int Serial(string row) =>
        int.Parse(Regex.Match(row, @"^\S+ \S+\s+(\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
}
