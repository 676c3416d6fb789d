using Infra.Insight.Graph;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;

namespace Infra.Operations.Insight;

/// <summary>Runs the layout library ELK with Node.js: <c>layout.mjs</c>.</summary>
internal static class LayoutProgram
{
    /// <exception cref="OperationException">It failed, for example because the npm packages are not installed.</exception>
    public static async Task<GraphLayout> RunAsync(Checkout checkout, ProcessRunner processes, EnvironmentGraph graph)
    {
        if (!Directory.Exists(Path.Combine(checkout.Root, "node_modules", "elkjs")))
            throw OperationException.ToolMissing(
                "the npm package elkjs is not installed", "run npm ci, or ./infra graph --format mermaid, which does not need it");
        ProcessResult result = await processes.RunAsync(
            new ProcessRequest("node", Path.Combine(checkout.Root, "Operations", "Insight", "layout.mjs"))
            {
                Input = ElkGraph.Write(graph),
            });
        return result.ExitCode == 0
            ? ElkGraph.Read(graph, result.Output)
            : throw OperationException.Failed($"the layout of the picture failed (exit code {result.ExitCode})", result.Error);
    }
}
