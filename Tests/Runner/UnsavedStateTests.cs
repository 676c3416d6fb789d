using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>A deployment whose apply could not save its state: the runner that has it is deleted after the job.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
[Property("Finding", "U6")]
internal sealed class UnsavedStateTests
{
    private WorkflowRunner _runner = null!;

    [SetUp]
    public void SetUp() => _runner = RecordedRuns.Runner();

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [TestCase("base"), TestCase("runtime")]
    public void FailedDeployment_SavesTheState_AndStaysFailed(string stack)
    {
        LoseTheState(stack, command => command[0] == "deploy" && command[1] == stack);

        Deploy(success: false);

        string[] commands = [.. _runner.Recording!.Commands.Where(command => command.StartsWith("stage: ", StringComparison.Ordinal))];
        Assert.That(commands[^1], Is.EqualTo($"stage: state push {stack} --yes"));
        Assert.That(commands, Has.None.EqualTo("stage: smoke"));
    }

    [Test]
    public void FailedRelease_SavesTheState()
    {
        LoseTheState("runtime", command => command[0] == "release");

        _runner.Expect(
            success: false, "deploy-service.yml", WorkflowEvent.Push("main"), ("environment", "stage"), ("service", "web"),
            ("image", $"{RecordedRuns.Image("stage")}@sha256:{new string('a', 64)}"));

        Assert.That(_runner.Recording!.Commands, Has.One.EqualTo("stage: state push runtime --yes"));
    }

    [TestCase("rollback.yml", "rollback", "name", "web"), TestCase("runtime-cycle.yml", "wake", "action", "wake")]
    public void FailedRun_SavesTheState(string workflow, string verb, string input, string value)
    {
        LoseTheState("runtime", command => command[0] == verb);

        _runner.Expect(success: false, workflow, WorkflowEvent.Dispatch("main"), ("environment", "stage"), (input, value));

        Assert.That(_runner.Recording!.Commands.Last(), Is.EqualTo("stage: state push runtime --yes"));
    }

    [TestCase(true), TestCase(false)]
    public void DeploymentThatHasSavedItsState_PushesNone(bool success)
    {
        _runner.Recording!.Fails = call => call.Arguments[0] == "deploy" && !success ? 1 : null;

        Deploy(success);

        Assert.That(_runner.Recording.Commands, Has.None.Contains("state push"));
    }

    // A command that fails and leaves the state that Terraform could not save.
    private void LoseTheState(string stack, Func<IReadOnlyList<string>, bool> fails) => _runner.Recording!.Fails = call =>
    {
        if (!fails(call.Arguments))
            return null;
        string folder = Path.Combine(call.Folder, ".infra", "deploy", "desk-stage", "stacks", stack);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "errored.tfstate"), "{}");
        return 1;
    };

    private void Deploy(bool success)
    {
        File.Delete(Path.Combine(_runner.Environments, "live.json"));
        _runner.Expect(success, "apply.yml", WorkflowEvent.Push("main"));
    }
}
