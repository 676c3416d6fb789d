using Infra.Configuration;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Insight.Graph;
using Infra.Insight.Overview;
using Infra.Insight.Page;
using Infra.Insight.Permissions;
using Infra.Operations.Access;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Insight;

/// <summary>The report command: synthesizes an environment to a temporary folder and writes a page about it.</summary>
internal sealed class ReportCommand(RunContext context)
{
    /// <param name="options">Chosen environment, and whether it is on the emulator.</param>
    /// <param name="file">File to write to; null means one with the environment's name.</param>
    /// <param name="releases">Whether to read the releases from AWS.</param>
    public async Task<ExitCode> RunAsync(SessionOptions options, string? file, bool releases)
    {
        Connection? connection = releases ? await Connection.OpenAsync(context, options) : null;
        LoadedEnvironment loaded = connection?.Environment ?? EnvironmentLoader.Load(context, options.Environment);
        IReadOnlyList<StackJson> stacks = TemporarySynthesis.Stacks(context, loaded, options.Emulator);
        EnvironmentGraph graph = GraphCommand.Graph(loaded, stacks);
        EnvironmentReport report = Report(
            loaded,
            stacks,
            graph,
            await LayoutProgram.RunAsync(context.Checkout, context.Runner, graph),
            connection is null ? null : await ReleaseTimeline.ReadAsync(connection.Access, loaded, context.Stopping));
        file ??= $"{loaded.Config.Project}-{loaded.Config.Name}.html";
        ReportFile.Write(file, ReportPage.Write(report));
        context.Reporter.Line($"{report.Title}: {report.Map.Resources.Count} resources in {file}");
        return ExitCode.Ok;
    }

    /// <summary>What the readers of the stacks find.</summary>
    public static EnvironmentReport Report(
        LoadedEnvironment environment,
        IReadOnlyList<StackJson> stacks,
        EnvironmentGraph graph,
        GraphLayout layout,
        IReadOnlyList<ReleaseEvent>? releases) => new(
            graph.Title,
            environment.Config.Account,
            environment.Config.Region,
            graph,
            layout,
            Estimate.Of(stacks, PriceList.Committed),
            PriceList.Committed,
            PublicEntry.Of(stacks),
            [.. AccessCommand.Inward(environment, stacks)],
            [.. AccessCommand.Outward(environment, stacks)],
            [.. stacks.SelectMany(stack => GrantedPermission.Of(stack, environment.Config.Account))],
            BackupRule.Of(stacks),
            DataProtection.Of(stacks),
            AlarmLine.Of(stacks),
            ResourceMap.Of(stacks),
            releases);
}
