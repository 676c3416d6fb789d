using Infra.Configuration;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The validate command: checks environment files, synthesis and the provider's schema; needs no account.</summary>
internal static class ValidateCommand
{
    /// <param name="context">Context of the run.</param>
    /// <param name="chosen">One environment; null means all.</param>
    public static async Task<ExitCode> RunAsync(RunContext context, string? chosen)
    {
        IReadOnlyList<string> environments = chosen is null ? EnvironmentFile.List(context.Checkout.Root) : [chosen];
        var outDirs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in environments)
        {
            LoadedEnvironment environment = EnvironmentLoader.Load(context, name);
            outDirs[name] = Synthesizer.RunFor(context, environment, "validate");
        }

        StackValidator validator =
            await StackValidator.CreateAsync(context.Runner, context.Checkout.Root, context.Checkout.WorkFolder, context.Variables);
        IReadOnlyDictionary<(string OutDir, string Stack), IReadOnlyList<string>> said =
            await context.Reporter.WithStatusAsync("terraform validate", () => validator.RunAsync(outDirs.Values));
        foreach ((string name, string outDir) in outDirs)
        {
            context.Reporter.Line(
                $"{name}: {string.Join(", ", StackFolder.Names(outDir))} "
                    + $"{(said.Any(entry => entry.Key.OutDir == outDir && entry.Value.Count > 0) ? "not valid" : "valid")}");
            foreach (((string _, string stack), IReadOnlyList<string> lines) in said.Where(entry => entry.Key.OutDir == outDir))
            {
                foreach (string line in lines)
                    context.Reporter.Problem($"  {stack}: {line}");
            }
        }

        return said.Values.All(lines => lines.Count == 0) ? ExitCode.Ok : ExitCode.Failed;
    }
}
