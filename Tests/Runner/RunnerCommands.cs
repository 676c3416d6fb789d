using Infra.Tests.Emulator;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>What tests of workflows do on the runner's local AWS as its administrator, outside of jobs.</summary>
internal static class RunnerCommands
{
    /// <summary>Creates the environment's file and deploys it, so that workflows find what they release to.</summary>
    /// <param name="runner">Runner.</param>
    /// <param name="environment">Environment.</param>
    /// <param name="json">Its file.</param>
    /// <param name="stacks">Stacks; empty means base and runtime.</param>
    public static void Deploy(this WorkflowRunner runner, string environment, string json, params string[] stacks)
    {
        runner.Environment(environment, json);
        runner.Infra(["bootstrap", "--env", environment, "--yes"]);
        runner.Infra(["deploy", .. stacks, "--env", environment, "--yes"]);
    }

    /// <summary>Runs <c>./infra</c>.</summary>
    public static void Infra(this WorkflowRunner runner, params string[] arguments)
    {
        Run run = runner.Sandbox.Start(
            Path.Combine(Sandbox.Root, "infra"), arguments, ("INFRA_ENVIRONMENTS", runner.Environments), ("INFRA_EMULATOR", "1")).Wait();
        Assert.That(run.ExitCode, Is.Zero, run.Output);
    }

    /// <summary>The value of a parameter in Parameter Store.</summary>
    public static string Parameter(this WorkflowRunner runner, string account, string name) =>
        (string)runner.Access(account).Api("ssm").JsonAsync("GetParameter", new JObject { ["Name"] = name })
            .GetAwaiter().GetResult()["Parameter"]!["Value"]!;
}
