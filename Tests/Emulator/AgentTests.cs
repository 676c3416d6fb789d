using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>An agent on the local AWS: no runtime before its first release, then versions that are kept, and rollbacks.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class AgentTests
{
    private const string Account = "111111111111";

    private const string Region = "us-east-1";

    private Sandbox _sandbox = null!;
    private string _first = null!;
    private string _second = null!;

    [OneTimeSetUp]
    public async Task Deploy()
    {
        _sandbox = new Sandbox();
        _sandbox.Environment("beta", Environment(""));
        _sandbox.Expect(0, Arguments("deploy"));
        _first = await PushAsync("1", "0123456789abcdef0123456789abcdef01234567");
        _second = await PushAsync("2", "v2");
    }

    [OneTimeTearDown]
    public void Stop() => _sandbox.Dispose();

    [Test, Order(1), Property("Row", "L7"), Property("Row", "T11")]
    public void FirstDeployment_WithAnEmptyRegistry_CreatesNoRuntime_AndThePlanIsClean()
    {
        Assert.That(
            _sandbox.Expect(0, Arguments("status")).Output, Does.Contain("assistant: nothing was released yet; ok"));
        PlanIsClean();
    }

    [Test, Order(2), Property("Row", "L7")]
    public void FirstRelease_CreatesTheRuntime()
    {
        _sandbox.Expect(0, Arguments("release", "assistant", _first));
        JToken status = Status();
        Assert.That(((string?)status["runs"], (string?)status["agentVersion"], (string?)status["state"]),
            Is.EqualTo(($"{Account}.dkr.ecr.{Region}.amazonaws.com/shop/assistant@{_first}", "1", "ok")));
    }

    [Test, Order(3), Property("Row", "L7")]
    public void NextRelease_IsTheNextVersionOfTheSameRuntime()
    {
        _sandbox.Expect(0, Arguments("release", "assistant", "v2"));
        Assert.That(((string?)Status()["released"], (string?)Status()["agentVersion"]), Is.EqualTo((_second, "2")));
        PlanIsClean();
    }

    [Test, Order(4), Property("Row", "L8"), Property("Row", "L7")]
    public void Rollback_DeploysTheEarlierImage_AsANewVersion()
    {
        Assert.That(_sandbox.Expect(0, Arguments("rollback", "assistant")).Output, Does.Contain("back to version"));
        Assert.That(((string?)Status()["released"], (string?)Status()["agentVersion"]), Is.EqualTo((_first, "3")));
    }

    [Test, Order(5), Property("Row", "L8"), Property("Row", "L7")]
    public void Endpoint_CanPointToAnEarlierVersion()
    {
        _sandbox.Environment("beta", Environment("\"liveVersion\": 2"));
        _sandbox.Expect(0, Arguments("deploy", "runtime"));
        Assert.That((string?)Status()["agentVersion"], Is.EqualTo("2"));
        PlanIsClean();
    }

    [Test, Order(6)]
    public void DestroyOfBase_UnderRuntime_IsRefused() => Assert.That(
        _sandbox.Expect(2, Arguments("destroy", "base")).Output, Does.Contain("runtime still depends on base"));

    [Test, Order(7)]
    public void Destroy_RemovesTheAgent()
    {
        _sandbox.Expect(0, Arguments("destroy", "runtime"));
        Assert.That((string?)Status()["state"], Is.EqualTo("runtime is not deployed"));
    }

    private JToken Status() => JObject.Parse(_sandbox.Expect(0, Arguments("status", "--json")).Output)["services"]!.Single();

    private static string Environment(string agent) => $$"""
        {
          "name": "beta", "project": "shop", "account": "{{Account}}", "region": "{{Region}}", "disposable": true,
          "network": { "vpc": "none" },
          "agents": { "assistant": { {{agent}} } }
        }
        """;

    private Task<string> PushAsync(string content, string tag) =>
        TestImage.PutAsync(_sandbox.Access(Account, Region), "shop/assistant", tag, TestImage.Manifest(content));

    private void PlanIsClean() => _sandbox.Expect(0, Arguments("plan", "base", "runtime"));

    private string[] Arguments(params string[] arguments) =>
        [.. arguments, "--env", _sandbox.EnvironmentFile("beta"), "--emulator", "--yes"];
}
