using System.Text;
using Infra.Configuration.Derived;
using Infra.Operations.Delivery;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Delivery;

/// <summary>The commands of the container tool, recorded by a program in its place.</summary>
[Property("Row", "L-L2")]
internal sealed class ContainerToolTests
{
    private const string Url = "111111111111.dkr.ecr.us-east-2.amazonaws.com/shop/web:v1";

    private TemporaryFolder _folder = null!;
    private FakeAws _aws = null!;
    private TestHost _host = null!;
    private string _tool = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _tool = _folder.Write("docker", """
            #!/usr/bin/env bash
            echo "$* $BUILDX_NO_DEFAULT_ATTESTATIONS" >> "$(dirname "$0")/calls"
            if [ "$1" = login ]; then cat > "$(dirname "$0")/password"; fi
            if [ -e "$(dirname "$0")/fail-$1" ]; then echo "step 3 failed: no space left"; exit 17; fi
            """, executable: true);
        _aws = new FakeAws().Always("GetAuthorizationToken", new JObject
        {
            ["authorizationData"] =
                new JArray(new JObject { ["authorizationToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("AWS:pass:word")) }),
        });
        _host = new TestHost(variables: new EnvironmentVariables(EnvironmentVariables.OfThisProcess().All
            .ToDictionary(StringComparer.Ordinal).Append(new(ContainerTool.Variable, _tool))
            .GroupBy(variable => variable.Key).ToDictionary(group => group.Key, group => group.Last().Value)));
    }

    [TearDown]
    public void TearDown()
    {
        _host.Dispose();
        _aws.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Image_IsBuiltForItsPlatform_WithoutAttestations()
    {
        await ContainerTool.Find(_host.Context).BuildAsync(Image(), Url);
        Assert.That(Calls, Is.EqualTo(new[]
        {
            $"build --platform linux/arm64 --file {_folder.Path}/app/Dockerfile --tag {Url} {_folder.Path}/app 1",
        }));
    }

    [Test]
    public async Task Push_SignsInWithThePasswordOnStandardInput()
    {
        await ContainerTool.Find(_host.Context).PushAsync(Url, _aws.Access(), onEmulator: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Calls.Select(call => call.TrimEnd()), Is.EqualTo(new[]
            {
                "login --username AWS --password-stdin 111111111111.dkr.ecr.us-east-2.amazonaws.com",
                $"push {Url}",
            }));
            Assert.That(File.ReadAllText(Path.Combine(_folder.Path, "password")), Is.EqualTo("pass:word"));
        }
    }

    [Test]
    public void FailedBuild_ShowsTheEndOfItsOutput()
    {
        _folder.Write("fail-build", "");
        OperationException failure =
            Assert.ThrowsAsync<OperationException>(() => ContainerTool.Find(_host.Context).BuildAsync(Image(), Url))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(failure.Message, Is.EqualTo("the image of web was not built: docker exited with code 17"));
            Assert.That(failure.Remedy, Does.StartWith("step 3 failed: no space left\n").And.Contain(_host.LogPath));
        }
    }

    [Test]
    public void PushToTheLocalAws_SaysThatItHasNoRegistryForIt()
    {
        _folder.Write("fail-login", "");
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => ContainerTool.Find(_host.Context).PushAsync(Url, _aws.Access(), onEmulator: true))!;
        Assert.That(failure.Remedy, Does.EndWith("the local AWS has no registry that a container tool can push to; pass --skip-images"));
    }

    [Test]
    public void MissingTool_IsNamed_WithHowToGoOnWithoutIt()
    {
        using var host = new TestHost(
            variables: new EnvironmentVariables(new Dictionary<string, string> { [ContainerTool.Variable] = "no-such-tool" }));
        OperationException failure = Assert.Throws<OperationException>(() => ContainerTool.Find(host.Context))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.ToolMissing));
            Assert.That(failure.Message, Is.EqualTo("no-such-tool was not found, which builds the images"));
            Assert.That(failure.Remedy, Does.Contain("INFRA_CONTAINER_TOOL").And.Contain("--skip-images"));
        }
    }

    private string[] Calls => File.ReadAllLines(Path.Combine(_folder.Path, "calls"));

    private DeliveredImage Image() => new(
        "web",
        [.. Application.Of(WrittenEnvironment.Load("dev", """
            {
              "name": "dev", "project": "shop", "account": "111111111111", "region": "us-east-2",
              "network": { "cidr": "10.50.0.0/16", "zones": ["a", "b"] },
              "services": { "web": { "port": 8000, "architecture": "arm64" } }
            }
            """).Config)])
    {
        Context = Path.Combine(_folder.Path, "app"),
    };
}
