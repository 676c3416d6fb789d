using Infra.Configuration;
using Infra.Insight;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Access;

/// <summary>Tells who from outside an environment's account reaches what in it, and what its roles reach elsewhere; asks nothing of AWS.</summary>
internal static class AccessCommand
{
    public static ExitCode Run(RunContext context, SessionOptions options)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Chosen);
        string outDir = Path.Combine(context.Checkout.WorkFolder, "access", $"{environment.Config.Project}-{environment.Config.Name}");
        Synthesizer.Run(context, environment, outDir, emulator: null);
        foreach (string line in Report(environment, outDir).TrimEnd().Split('\n'))
            context.Reporter.Line(line);
        return ExitCode.Ok;
    }

    /// <summary>The page of an environment that is synthesized into a folder.</summary>
    public static string Report(LoadedEnvironment environment, string outDir)
    {
        string account = environment.Config.Account;
        IReadOnlyList<StackJson> stacks = StackJson.ReadAll(outDir);
        // Versions of layers are shared as they are published; Terraform knows of none.
        IEnumerable<CrossAccess> layers =
            from layer in environment.Config.Layers
            from other in layer.Value.SharedWith
            select new CrossAccess($"account {other}", "lambda:GetLayerVersion", $"{environment.Names.Layer(layer.Key)}, versions that were put in use", $"layers.{layer.Key}.sharedWith");
        return AccessReport.Markdown(
            $"{environment.Config.Project} {environment.Config.Name}: account {account}, {environment.Config.Region}",
            stacks.SelectMany(stack => AccessReport.Inward(stack, account)).Concat(layers),
            stacks.SelectMany(stack => AccessReport.Outward(stack, account)));
    }
}
