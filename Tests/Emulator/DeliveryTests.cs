using System.Text.RegularExpressions;
using Infra.Operations.Ledger;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// <c>./infra deliver</c> on the local AWS: images, stacks, releases and smoke tests in one command. A program in place of Docker records
/// its commands; a push puts a manifest into the local AWS's registry.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "L-L2")]
internal sealed partial class DeliveryTests
{
    private const string Account = "111111111111";

    private const string Region = "us-east-1";

    private Sandbox _sandbox = null!;
    private TemporaryFolder _folder = null!;
    private StubHttpServer _registry = null!;
    private StubHttpServer _web = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        foreach (string app in new[] { "web", "assistant" })
            _folder.Write($"{app}/Dockerfile", "FROM scratch");
        _registry = new StubHttpServer((_, image) => (200, Put(image)));
        _web = new StubHttpServer((_, _) => (200, "ok"));
        _folder.Write("docker", $$"""
            #!/usr/bin/env bash
            here="$(dirname "$0")"
            case "$1" in
              build) if [ -e "$here/fail" ]; then echo "a step failed"; exit 1; fi; echo "build $5 $7" >> "$here/calls" ;;
              login) cat > /dev/null ;;
              push) echo "push $2" >> "$here/calls"; curl --silent --fail --data "$2" {{_registry.Url}} ;;
            esac
            """, executable: true);
        _sandbox = new Sandbox();
        _sandbox.Environment("beta", $$"""
            {
              "name": "beta", "project": "shop", "account": "{{Account}}", "region": "{{Region}}", "disposable": true,
              "network": { "cidr": "10.50.0.0/16", "zones": ["a", "b"], "nat": "single" },
              "services": { "web": { "port": 8000, "desired": 1 } },
              "agents": { "assistant": {} },
              "smoke": [{ "name": "health", "kind": "http", "url": "{{_web.Url}}", "contains": "ok", "seconds": 5 }]
            }
            """);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _sandbox.Dispose();
        _web.Dispose();
        _registry.Dispose();
        _folder.Dispose();
    }

    [Test, Order(1)]
    public void BuildThatFails_StopsAfterBase_AndSaysHowToContinue()
    {
        _folder.Write("fail", "");
        Run run = Deliver(1, "v1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Steps(run), Is.EqualTo(new[] { "bootstrap", "base", "image assistant" }));
            Assert.That(
                run.Output,
                Does.Contain("the image of assistant was not built: docker exited with code 1").And.Contain("a step failed"));
            Assert.That(
                run.Output, Does.Contain("left: image assistant, image web, images, runtime, release assistant, release web, smoke"));
            Assert.That(run.Output, Does.Match(
                @"to continue: \./infra deliver --env \S+ --emulator --context web=\S+ --context assistant=\S+ --tag v1"));
            Assert.That(Calls(), Is.Empty);
        }
    }

    [Test, Order(2)]
    public void DryRun_SaysWhatWouldBeDone_AndChangesNothing()
    {
        File.Delete(Path.Combine(_folder.Path, "fail"));
        Run run = Deliver(5, "v1", "--dry-run");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Match("image web: built from \\S+/web for linux/amd64 with the tag v1"));
            Assert.That(run.Output, Does.Match("image assistant: built from \\S+/assistant for linux/arm64 with the tag v1"));
            Assert.That(run.Output, Does.Contain("runtime: plan"));
            Assert.That(Calls(), Is.Empty);
            Assert.That(Released("web"), Is.EqualTo("none"));
            Assert.That((string?)Status("web")["state"], Is.EqualTo("runtime is not deployed"));
        }
    }

    [Test, Order(3), Property("Row", "L2")]
    public void Everything_IsDeliveredInOrder()
    {
        Run run = Deliver(0, "v1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Steps(run), Is.EqualTo(new[]
            {
                "bootstrap", "base", "image assistant", "image web", "images", "runtime", "release assistant", "release web", "smoke",
            }));
            Assert.That(Calls(), Is.EqualTo(new[]
            {
                $"build {_folder.Path}/assistant/Dockerfile {Url("assistant")}:v1",
                $"push {Url("assistant")}:v1",
                $"build {_folder.Path}/web/Dockerfile {Url("web")}:v1",
                $"push {Url("web")}:v1",
            }));
            Assert.That((string?)Status("web")["runs"], Is.EqualTo($"{Url("web")}@{DigestOf("web", "v1")}"));
            Assert.That((string?)Status("assistant")["runs"], Is.EqualTo($"{Url("assistant")}@{DigestOf("assistant", "v1")}"));
            Assert.That(run.Output, Does.Contain("passed    health"));
        }
    }

    [Test, Order(4)]
    public void SameCommandAgain_BuildsAndReleasesNothing()
    {
        Run run = Deliver(0, "v1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Calls(), Has.Length.EqualTo(4));
            Assert.That(run.Output, Does.Contain("web already runs").And.Contain("in the registry"));
        }
    }

    [Test, Order(5)]
    public void SkipAgents_ReleasesOnlyServices()
    {
        string agent = DigestOf("assistant", "v1");
        Run run = Deliver(0, "v2", "--skip-agents", "--skip-infrastructure");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Steps(run), Is.EqualTo(new[] { "bootstrap", "image web", "release web", "smoke" }));
            Assert.That(Calls().Skip(4), Is.EqualTo(new[]
            {
                $"build {_folder.Path}/web/Dockerfile {Url("web")}:v2", $"push {Url("web")}:v2",
            }));
            Assert.That(Released("web"), Is.EqualTo(DigestOf("web", "v2")));
            Assert.That(Released("assistant"), Is.EqualTo(agent));
        }
    }

    [Test, Order(6)]
    public void SkipImages_DeploysTheStacksAndTests()
    {
        Run run = _sandbox.InfraWith(Variables, ["deliver", .. Environment, "--skip-images"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Output);
            Assert.That(Steps(run), Is.EqualTo(new[] { "bootstrap", "base", "images", "runtime", "smoke" }));
            Assert.That(Calls(), Has.Length.EqualTo(6));
        }
    }

    /// <summary>As the pipeline does: Constructs/Pipelines/Buildspecs.cs.</summary>
    [Test, Order(7), Property("Row", "L3")]
    public void Digests_AreReleasedWithoutABuild()
    {
        string file = _folder.Write("images.env", $"web={DigestOf("web", "v1")}\nassistant={DigestOf("assistant", "v1")}\n");
        Run run = _sandbox.InfraWith([], ["deliver", .. Environment, "--skip-smoke", "--digests", file]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Output);
            Assert.That(Steps(run), Is.EqualTo(new[]
            {
                "bootstrap", "base", "image assistant", "image web", "images", "runtime", "release assistant", "release web",
            }));
            Assert.That(Calls(), Has.Length.EqualTo(6));
            Assert.That(Released("web"), Is.EqualTo(DigestOf("web", "v1")));
        }
    }

    private (string, string)[] Variables => [("INFRA_CONTAINER_TOOL", Path.Combine(_folder.Path, "docker"))];

    private string[] Environment => ["--env", _sandbox.EnvironmentFile("beta"), "--emulator", "--yes"];

    private Run Deliver(int exitCode, string tag, params string[] options)
    {
        Run run = _sandbox.InfraWith(Variables,
        [
            "deliver", .. Environment, "--context", $"web={_folder.Path}/web", "--context", $"assistant={_folder.Path}/assistant",
            "--tag", tag, .. options,
        ]);
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Output);
        return run;
    }

    private static IEnumerable<string> Steps(Run run) => Step().Matches(run.Output).Select(match => match.Groups["name"].Value.Trim());

    private string[] Calls() =>
        File.Exists(Path.Combine(_folder.Path, "calls")) ? File.ReadAllLines(Path.Combine(_folder.Path, "calls")) : [];

    private static string Url(string app) => $"{Account}.dkr.ecr.{Region}.amazonaws.com/shop/{app}";

    private string Put(string image)
    {
        string[] parts = image.Split('/', 2)[1].Split(':');
        return TestImage.PutAsync(_sandbox.Access(Account, Region), parts[0], parts[1], TestImage.Manifest(image)).GetAwaiter().GetResult();
    }

    private string DigestOf(string app, string tag) =>
        new ImageRegistry(_sandbox.Access(Account, Region), $"shop/{app}").FindAsync(null, tag, default).GetAwaiter().GetResult()!.Digest;

    private string Released(string app) =>
        new ReleaseLedger(_sandbox.Access(Account, Region)).CurrentAsync($"/beta/shop/releases/{app}", default)
            .GetAwaiter().GetResult().Value;

    private JToken Status(string app) => JObject.Parse(
        _sandbox.Expect(0, ["status", "--json", .. Environment]).Output)["services"]!
        .Single(service => (string?)service["service"] == app);

    [GeneratedRegex(@"^\[\d+/\d+\] (?<name>.+)$", RegexOptions.Multiline)]
    private static partial Regex Step();
}
