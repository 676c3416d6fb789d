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
        IReadOnlyList<StackJson> stacks = StackJson.ReadAll(outDir);
        return AccessReport.Markdown(
            $"{environment.Config.Project} {environment.Config.Name}: account {environment.Config.Account}, {environment.Config.Region}",
            Inward(environment, stacks),
            Outward(environment, stacks));
    }

    /// <summary>Access from outside the account.</summary>
    public static IEnumerable<CrossAccess> Inward(LoadedEnvironment environment, IReadOnlyList<StackJson> stacks) =>
        stacks.SelectMany(stack => AccessReport.Inward(stack, environment.Config.Account)).Concat(
            // Layer versions are shared when they are published; Terraform manages none of them.
            from layer in environment.Config.Layers
            from other in layer.Value.SharedWith
            select new CrossAccess($"account {other}", "lambda:GetLayerVersion",
                $"{environment.Names.Layer(layer.Key)}, versions that were used", $"layers.{layer.Key}.sharedWith"));

    /// <summary>Access of the account's roles to other accounts.</summary>
    public static IEnumerable<CrossAccess> Outward(LoadedEnvironment environment, IReadOnlyList<StackJson> stacks) =>
        stacks.SelectMany(stack => AccessReport.Outward(stack, environment.Config.Account));
}
