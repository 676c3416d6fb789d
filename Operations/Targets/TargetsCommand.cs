using Infra.Configuration;
using Infra.Insight;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Targets;

/// <summary>The targets command: availability and times, computed from the synthesized stacks; makes no AWS calls.</summary>
internal static class TargetsCommand
{
    public static ExitCode Run(RunContext context, SessionOptions options)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        if (environment.Config.Pipeline is not null)
            throw OperationException.BadInput(
                $"{environment.Config.Name} has only a pipeline: no availability or times to compute",
                $"choose an environment that it deploys: {string.Join(", ", environment.Config.Pipeline.Promotes)}");
        string folder = Synthesizer.RunFor(context, environment, "targets");
        foreach (string line in Report(environment, StackJson.ReadAll(folder)).TrimEnd().Split('\n'))
            context.Reporter.Line(line);
        return ExitCode.Ok;
    }

    /// <summary>Availability and times of an environment.</summary>
    public static string Report(LoadedEnvironment environment, IReadOnlyList<StackJson> stacks) =>
        TargetsPage.Environment($"{environment.Config.Project} {environment.Config.Name}", stacks);
}
