using Infra.Insight;
using Infra.Insight.Graph;
using Infra.Operations.Insight;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Support;

namespace Infra.Tests.Insight.Graph;

/// <summary>Graphs of the example environments.</summary>
internal static class ExampleGraphs
{
    public static EnvironmentGraph Of(Example example) => GraphBuilder.Build(
        $"{example.Config.Project} {example.Config.Name}",
        example.Config.Account,
        example.Config.Region,
        StackJson.ReadAll(example.Deployment.OutDir));

    public static async Task<GraphLayout> LayoutAsync(EnvironmentGraph graph)
    {
        using var interruption = new Interruption();
        return await LayoutProgram.RunAsync(
            Checkout.Find(), new ProcessRunner(interruption, EnvironmentVariables.OfThisProcess()), graph);
    }
}
