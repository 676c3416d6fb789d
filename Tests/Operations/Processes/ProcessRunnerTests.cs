using Infra.Operations.Output;
using Infra.Operations.Processes;
using NUnit.Framework;

namespace Infra.Tests.Operations.Processes;

internal sealed class ProcessRunnerTests
{
    private Interruption _interruption = null!;

    [SetUp]
    public void SetUp() => _interruption = new Interruption();

    [TearDown]
    public void TearDown() => _interruption.Dispose();

    [Test]
    public async Task RunAsync_Program_GivesLinesAsTheyComeAndItsExitCode()
    {
        var lines = new List<string>();
        ProcessResult result = await RunAsync("echo one; echo two >&2; exit 7", lines.Add);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(7));
            Assert.That(lines, Is.EqualTo(new[] { "one" }));
            Assert.That(result.Error, Is.EqualTo("two\n"));
        }
    }

    [TestCase("kill -9 $$", 9)]
    [TestCase("exit 1", null)]
    [Property("Finding", "U26")]
    public async Task Signal_OfAProgramThatOneEnded(string script, int? signal) =>
        Assert.That((await RunAsync(script, _ => { })).Signal, Is.EqualTo(signal));

    [Test]
    public async Task RunAsync_ArgumentsWithSpacesAndQuotes_ArriveAsTheyAre()
    {
        ProcessResult result = await new ProcessRunner(_interruption, EnvironmentVariables.OfThisProcess())
            .RunAsync(new ProcessRequest("printf", "%s|", "a b", "$HOME \"x\""));
        Assert.That(result.Output.TrimEnd('\n'), Is.EqualTo("a b|$HOME \"x\"|"));
    }

    [Test]
    public async Task RunAsync_Variables_AreSetAndRemoved()
    {
        ProcessResult result = await new ProcessRunner(_interruption, EnvironmentVariables.OfThisProcess())
            .RunAsync(new ProcessRequest("sh", "-c", "echo \"$GIVEN-${HOME-none}\"")
            {
                Variables = new Dictionary<string, string?> { ["GIVEN"] = "yes", ["HOME"] = null },
            });
        Assert.That(result.Output, Is.EqualTo("yes-none\n"));
    }

    [Test]
    public void RunAsync_MissingProgram_IsAMissingTool()
    {
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => new ProcessRunner(_interruption, EnvironmentVariables.OfThisProcess())
                .RunAsync(new ProcessRequest("no-such-program-here")))!;
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.ToolMissing));
    }

    [Test]
    public void RunAsync_Interrupted_PassesOneInterruptOnAndWaitsForTheEnd()
    {
        var lines = new List<string>();
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => RunAsync(
            "trap 'echo interrupted; sleep 0.3; echo ended; exit 0' TERM; echo ready; while :; do sleep 0.05; done",
            line =>
            {
                lines.Add(line);
                if (line == "ready")
                    _interruption.Request();
            }))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Interrupted));
            Assert.That(lines, Is.EqualTo(new[] { "ready", "interrupted", "ended" }));
        }
    }

    [Test]
    public void RunAsync_InterruptedTwice_Kills()
    {
        var lines = new List<string>();
        Assert.ThrowsAsync<OperationException>(() => RunAsync(
            "trap '' TERM; echo ready; sleep 3600; echo ended",
            line =>
            {
                lines.Add(line);
                if (line != "ready")
                    return;
                _interruption.Request();
                _interruption.Request();
            }));
        Assert.That(lines, Is.EqualTo(new[] { "ready" }));
    }

    [Test]
    public async Task RunAsync_Stopped_KillsTheProgramAndIsNotInterrupted()
    {
        using var stop = new CancellationTokenSource();
        ProcessResult result = await new ProcessRunner(_interruption, EnvironmentVariables.OfThisProcess()).RunAsync(
            new ProcessRequest("bash", "-c", "trap '' TERM; echo ready; sleep 3600; echo ended")
            {
                OnOutput = _ => stop.Cancel(),
                Stop = stop.Token,
            });
        Assert.That(result.Output, Is.EqualTo("ready\n"));
    }

    [Test]
    public void RunAsync_AfterAnInterrupt_StartsNothing()
    {
        _interruption.Request();
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => RunAsync("echo started", _ => Assert.Fail("it ran")))!;
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Interrupted));
    }

    private Task<ProcessResult> RunAsync(string script, Action<string> onLine) =>
        new ProcessRunner(_interruption, EnvironmentVariables.OfThisProcess())
            .RunAsync(new ProcessRequest("bash", "-c", script) { OnOutput = onLine });
}
