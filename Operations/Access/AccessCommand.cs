using Infra.Configuration;
using Infra.Insight;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Access;

/// <summary>
/// Lists who from outside an environment's account can access what in it, and what its roles can access elsewhere; makes no AWS calls.
/// </summary>
internal static class AccessCommand
{
    public static ExitCode Run(RunContext context, SessionOptions options)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        string outDir = Synthesizer.RunFor(context, environment, "access");
        foreach (string line in Report(environment, outDir).TrimEnd().Split('\n'))
            context.Reporter.Line(line);
        return ExitCode.Ok;
    }

    /// <summary>The report of an environment whose stacks are synthesized into a folder.</summary>
    public static string Report(LoadedEnvironment environment, string outDir)
    {
        string account = environment.Config.Account;
        IReadOnlyList<StackJson> stacks = StackJson.ReadAll(outDir);
        // Layer versions are shared when they are published; Terraform manages none of them.
        IEnumerable<CrossAccess> layers =
            from layer in environment.Config.Layers
            from other in layer.Value.SharedWith
            select new CrossAccess($"account {other}", "lambda:GetLayerVersion",
                $"{environment.Names.Layer(layer.Key)}, versions that were used", $"layers.{layer.Key}.sharedWith");
        return AccessReport.Markdown(
            $"{environment.Config.Project} {environment.Config.Name}: account {account}, {environment.Config.Region}",
            stacks.SelectMany(stack => AccessReport.Inward(stack, account)).Concat(layers),
            stacks.SelectMany(stack => AccessReport.Outward(stack, account)));
    }
}
