using Infra.Configuration;
using Infra.Insight;
using Infra.Insight.Graph;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Insight;

/// <summary>The graph command: synthesizes an environment to a temporary folder and draws its resources.</summary>
internal sealed class GraphCommand(RunContext context)
{
    /// <param name="options">Chosen environment, and whether it is on the emulator.</param>
    /// <param name="format">Format of the output.</param>
    /// <param name="file">File to write to; null means standard output, or on a terminal a file with the environment's name.</param>
    public async Task<ExitCode> RunAsync(SessionOptions options, GraphFormat format, string? file)
    {
        bool toOutput = file is null && !context.Reporter.Interactive;
        LoadedEnvironment loaded = EnvironmentLoader.Load(context, options.Environment, warn: !toOutput);
        EnvironmentGraph graph = Graph(loaded, TemporarySynthesis.Stacks(context, loaded, options.Emulator));
        string text = format == GraphFormat.Mermaid
            ? MermaidWriter.Write(graph)
            : SvgWriter.Write(graph, await LayoutProgram.RunAsync(context.Checkout, context.Runner, graph));
        if (toOutput)
        {
            context.Reporter.Line(text.TrimEnd('\n'));
            return ExitCode.Ok;
        }

        file ??= $"{loaded.Config.Project}-{loaded.Config.Name}.{(format == GraphFormat.Mermaid ? "mmd" : "svg")}";
        ReportFile.Write(file, text);
        context.Reporter.Line($"{graph.Title}: {graph.Nodes.Count} resources and {graph.Edges.Count} connections in {file}");
        return ExitCode.Ok;
    }

    /// <summary>The graph of an environment.</summary>
    public static EnvironmentGraph Graph(LoadedEnvironment environment, IReadOnlyList<StackJson> stacks) => GraphBuilder.Build(
        $"{environment.Config.Project} {environment.Config.Name}", environment.Config.Account, environment.Config.Region, stacks);
}
