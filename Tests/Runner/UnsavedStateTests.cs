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
        _runner.Recording!.Fails = call =>
        {
            if (call.Arguments is not ["deploy", var deployed, ..] || deployed != stack)
                return null;
            string folder = Path.Combine(call.Folder, ".infra", "deploy", "desk-stage", "stacks", stack);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "errored.tfstate"), "{}");
            return 1;
        };

        Deploy(success: false);

        string[] commands = [.. _runner.Recording.Commands.Where(command => command.StartsWith("stage: ", StringComparison.Ordinal))];
        Assert.That(commands[^1], Is.EqualTo($"stage: state push {stack} --yes"));
        Assert.That(commands, Has.None.EqualTo("stage: smoke"));
    }

    [TestCase(true), TestCase(false)]
    public void DeploymentThatHasSavedItsState_PushesNone(bool success)
    {
        _runner.Recording!.Fails = call => call.Arguments[0] == "deploy" && !success ? 1 : null;

        Deploy(success);

        Assert.That(_runner.Recording.Commands, Has.None.Contains("state push"));
    }

    private void Deploy(bool success)
    {
        File.Delete(Path.Combine(_runner.Environments, "live.json"));
        _runner.Expect(success, "apply.yml", WorkflowEvent.Push("main"));
    }
}
