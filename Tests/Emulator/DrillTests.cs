using System.Text.RegularExpressions;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>Failures such as wrong credentials, concurrent deployments and interrupted applies, tested on a small environment.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.All)]
internal sealed class DrillTests
{
    private const string Small = """
        { "name": "drill", "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true }
        """;

    [Test, Property("Row", "P3")]
    public async Task Deploy_WithCredentialsOfAnotherAccount_ChangesNothing()
    {
        using var sandbox = new Sandbox();
        string url = sandbox.Emulator.OriginalString;
        string environment = sandbox.Environment("drill", Small.Replace("\"emulator\": true, ", "", StringComparison.Ordinal));

        Run run = sandbox.Start(
            Path.Combine(Sandbox.Root, "infra"),
            ["deploy", "--env", environment, "--yes"],
            ("AWS_ACCESS_KEY_ID", "222222222222"), ("AWS_SECRET_ACCESS_KEY", "emulator"), ("AWS_ENDPOINT_URL", url)).Wait();

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Output);
        Assert.That(run.Output, Does.Contain("wrong AWS account").And.Contain("222222222222").And.Contain("111111111111"));
        foreach (string account in new[] { "111111111111", "222222222222" })
        {
            using var s3 = new AmazonS3Client(
                new BasicAWSCredentials(account, "emulator"), new AmazonS3Config { ServiceURL = url, ForcePathStyle = true });
            Assert.That((await s3.ListBucketsAsync()).Buckets ?? [], Is.Empty, $"buckets of {account}");
        }
    }

    [Test, Property("Row", "P6"), Property("Row", "D1")]
    public void TwoDeploysAtOnce_OneWaitsForTheOther()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("drill", Small);
        sandbox.Expect(0, "bootstrap", "--env", environment, "--yes");

        // Two checkouts have separate work folders; the emulator is the AWS that they share.
        string other = sandbox.Work("..", "other");
        Directory.CreateDirectory(other);
        Directory.CreateSymbolicLink(Path.Combine(other, "emulator"), sandbox.Work("emulator"));
        string[] deploy = ["deploy", "base", "--env", environment, "--yes"];
        Running first = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), deploy);
        first.WaitFor("base: apply");
        first.WaitFor("created ");
        // Otherwise it can end before the second one gets to the lock.
        first.Pause();
        Running second = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), deploy, ("INFRA_WORK_FOLDER", other));
        second.WaitFor("waiting up to");
        first.Resume();

        Run secondRun = second.Wait();
        Run firstRun = first.Wait();

        Assert.That(firstRun.ExitCode, Is.Zero, firstRun.Output);
        Assert.That(secondRun.ExitCode, Is.Zero, secondRun.Output);
        Assert.That(secondRun.Output, Does.Match("waiting up to .* for the state's lock, held by .+"), "names the holder of the lock");
        Assert.That(secondRun.Output, Does.Contain("base: nothing to do"), "and finds nothing to do");
    }

    // A request that is being answered when Terraform stops may have created something that is not in the state.
    [Test]
    public async Task InterruptedApply_IsCompletedByTheNext_AndTheImportsThatItShows()
    {
        using var sandbox = new Sandbox(asUser: true);
        string environment = sandbox.Environment("drill", Small);
        string[] deploy = ["deploy", "--env", environment, "--yes"];
        Running interrupted = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), deploy);
        interrupted.WaitFor("base: apply");
        interrupted.WaitFor("created aws_vpc.vpc");

        interrupted.Interrupt();
        Run run = interrupted.Wait();

        Assert.That(run.ExitCode, Is.EqualTo(130), run.Output);
        Assert.That(run.Output, Does.Contain("run the same command again"));
        Run next = sandbox.Infra(deploy);
        Assert.That(next.Output, Does.Not.Contain("aws_vpc.vpc"), "created resources are kept");
        if (next.ExitCode != 0)
        {
            Assert.That(await RecordAsync(sandbox, next.Output), Is.Not.Zero, next.Output);
            next = sandbox.Expect(0, deploy);
        }

        Assert.That(next.Output, Does.Match(@"(?m)^base: \d+ added, \d+ changed, \d+ destroyed"));
        sandbox.Expect(0, "plan", "--env", environment);
    }

    [Test, Property("Row", "X9"), Property("Row", "P6")]
    public async Task KilledApply_NamesItsLockAndUnrecordedResources_AndIsCompletedWithTheCommandsShown()
    {
        using var sandbox = new Sandbox(asUser: true);
        string environment = sandbox.Environment("drill", Small);
        sandbox.Expect(0, "bootstrap", "--env", environment, "--yes");
        string[] deploy = ["deploy", "base", "--env", environment, "--yes"];
        // Terraform also writes the state during an apply, after 20 seconds: on a slow machine before it is killed.
        Running killed = sandbox.Start(Path.Combine(Sandbox.Root, "infra"), deploy, ("TF_STATE_PERSIST_INTERVAL", "3600"));
        killed.WaitFor("base: apply");
        // Its name exists only once, so that the next apply cannot create it.
        killed.WaitFor("created aws_iam_role.flow-logs-role");

        killed.Kill();

        Run refused = sandbox.Expect(1, [.. deploy, "--lock-timeout", "1"]);
        Match release = Regex.Match(refused.Output, @"terraform -chdir=(\S+) force-unlock (\S+)");
        Assert.That(release.Success, Is.True, refused.Output);
        Run released =
            sandbox.Start(
                "terraform",
                [$"-chdir={Path.Combine(Sandbox.Root, release.Groups[1].Value)}", "force-unlock", "-force", release.Groups[2].Value])
                    .Wait();
        Assert.That(released.ExitCode, Is.Zero, released.Output);

        // Resources that were created but are not yet in the state are named, with the import command.
        Run collided = sandbox.Expect(1, deploy);
        await RecordAsync(sandbox, collided.Output);
        sandbox.Expect(0, deploy);
        sandbox.Expect(0, "plan", "base", "--env", environment);
    }

    [Test, Property("Row", "X2")]
    public void Cdktf_DeploysByHand()
    {
        using var sandbox = new Sandbox(asUser: true);
        string environment = sandbox.Environment("drill", Small);
        sandbox.Expect(0, "bootstrap", "--env", environment, "--yes");
        Run Deploy() => sandbox.Start(
            "npx",
            ["cdktf", "deploy", "base", "runtime", "--auto-approve", "--skip-provider-lock"],
            ("INFRA_ENV", environment), ("CI", "true"), ("CHECKPOINT_DISABLE", "1")).Wait();

        Run first = Deploy();
        Assert.That(first.ExitCode, Is.Zero, first.Output);
        Assert.That(Regex.Matches(first.Output, @"Apply complete! Resources: [1-9]\d* added, 0 changed, 0 destroyed"), Has.Count.EqualTo(2),
            first.Output);

        Run second = Deploy();
        Assert.That(second.ExitCode, Is.Zero, second.Output);
        Assert.That(second.Output, Does.Not.Contain("Apply complete! Resources: 1").And.Contain("No changes"), second.Output);
    }

    [Test, Property("Row", "P12"), Property("Row", "L5")]
    public void TwoEnvironments_InOneAccount_ShareOnlyTheBootstrap()
    {
        const string both = """
            "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true, "network": { "vpc": "none" },
            "tables": { "sessions": { "partitionKey": "id:S" } }, "identity": { "callbackUrls": ["https://app.example.com/"], "logoutUrls": ["https://app.example.com/"] }
            """;
        using var sandbox = new Sandbox();
        string[] files = [.. new[] { "beta", "gamma" }.Select(name => sandbox.Environment(name, $$"""{ "name": "{{name}}", {{both}} }"""))];
        sandbox.Expect(0, "bootstrap", "--env", files[0], "--yes");
        Running[] deploys =
            [.. files.Select(file => sandbox.Start(Path.Combine(Sandbox.Root, "infra"), ["deploy", "base", "--env", file, "--yes"]))];
        foreach (Running deploy in deploys)
        {
            Run run = deploy.Wait();
            Assert.That(run.ExitCode, Is.Zero, run.Output);
        }

        sandbox.Expect(0, "destroy", "base", "--env", files[0], "--yes");
        Run other = sandbox.Expect(0, "plan", "base", "--env", files[1]);
        Assert.That(other.Output, Does.Contain("no changes"), "the other environment has its own user pool, tables, state and locks");
    }

    /// <summary>Runs the commands of an output that import resources, or delete parameters so that they are created again.</summary>
    /// <returns>How many there are.</returns>
    private static async Task<int> RecordAsync(Sandbox sandbox, string output)
    {
        MatchCollection imports = Regex.Matches(output, @"terraform -chdir=(\S+) import (\S+) (\S+)");
        foreach (Match import in imports)
        {
            string folder = Path.Combine(Sandbox.Root, import.Groups[1].Value);
            string id = import.Groups[3].Value == "SUBNET_ID" ? await SubnetAsync(sandbox, output, import.Index) : import.Groups[3].Value;
            Run run = sandbox.Start("terraform", [$"-chdir={folder}", "import", import.Groups[2].Value, id]).Wait();
            Assert.That(run.ExitCode, Is.Zero, run.Output);
        }

        MatchCollection deletions = Regex.Matches(output, @"aws ssm delete-parameter --name (\S+)");
        AwsApi ssm = sandbox.Access("111111111111", "us-east-1").Api("ssm");
        foreach (Match deletion in deletions)
            await ssm.JsonAsync("DeleteParameter", new JObject { ["Name"] = deletion.Groups[1].Value });
        return imports.Count + deletions.Count;
    }

    /// <summary>Id of the subnet with the CIDR block of the command before the import.</summary>
    private static async Task<string> SubnetAsync(Sandbox sandbox, string output, int import)
    {
        string block = Regex.Matches(output[..import], @"aws ec2 describe-subnets --filters Name=cidr-block,Values=(\S+)")[^1]
            .Groups[1].Value;
        XElement found = await sandbox.Access("111111111111", "us-east-1").Api("ec2").QueryAsync(
            "DescribeSubnets", new Dictionary<string, string> { ["Filter.1.Name"] = "cidr-block", ["Filter.1.Value.1"] = block });
        return found.Descendants().Single(element => element.Name.LocalName == "subnetId").Value;
    }
}
