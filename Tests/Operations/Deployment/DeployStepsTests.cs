using Infra.Operations.Deployment;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Deployment;

[Property("Row", "L2"), Property("Row", "P7")]
internal sealed class DeployStepsTests
{
    [Test]
    public async Task RunAsync_AllGoWell_NumbersThemAndSumsUp()
    {
        using var host = new TestHost();
        DeploySteps steps = Steps(host, ("bootstrap", null), ("base", null));
        Assert.That(await steps.RunAsync(["base"]), Is.EqualTo(ExitCode.Ok));
        Assert.That(host.Output.ToString().ReplaceLineEndings("\n"),
            Is.EqualTo("[1/2] bootstrap\n[2/2] base\ndone\n  bootstrap: done\n  base: done\n"));
    }

    [TestCase("base",
        "done: bootstrap: done\nleft: base, images, runtime, smoke\nto continue: ./infra deploy --env dev --profile p base runtime")]
    [TestCase("images",
        "done: bootstrap: done; base: done\nleft: images, runtime, smoke\nto continue: ./infra deploy --env dev --profile p runtime")]
    [TestCase("smoke",
        "done: bootstrap: done; base: done; images: done; runtime: done\nleft: smoke\nto continue: ./infra smoke --env dev --profile p")]
    public void RunAsync_OneFails_ReportsDoneLeftAndHowToContinue(string failing, string progress)
    {
        using var host = new TestHost();
        (string, string?)[] steps =
            [.. new[] { "bootstrap", "base", "images", "runtime", "smoke" }.Select(name => (name, name == failing ? "fix it" : null))];
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Steps(host, steps).RunAsync(["base", "runtime"]))!;
        Assert.That(failure.Remedy, Is.EqualTo("fix it\n" + progress));
    }

    [Test, Property("Row", "L-L2")]
    public void RunAsync_OfAnotherCommand_SaysHowItContinues()
    {
        using var host = new TestHost();
        var steps = new DeploySteps(host.Context, s_options, left => $"./infra deliver, for {string.Join(" and ", left)}");
        steps.Add("base", () => Task.FromResult("base: done"));
        steps.Add("image web", () => throw OperationException.Failed("image web failed"));
        steps.Add("smoke", () => Task.FromResult("smoke: passed"));
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => steps.RunAsync(["base"]))!;
        Assert.That(failure.Remedy,
            Is.EqualTo("done: base: done\nleft: image web, smoke\nto continue: ./infra deliver, for image web and smoke"));
    }

    private static readonly SessionOptions s_options = new("dev", "p", false, false, false, TimeSpan.Zero);

    private static DeploySteps Steps(TestHost host, params (string Name, string? Failure)[] steps)
    {
        var all = new DeploySteps(host.Context, s_options);
        foreach ((string name, string? failure) in steps)
            all.Add(name,
                () => failure is null ? Task.FromResult($"{name}: done") : throw OperationException.Failed($"{name} failed", failure));
        return all;
    }
}
