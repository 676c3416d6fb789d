using Infra.Configuration.Findings;
using Infra.Operations.Findings;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The validate command: checks environment files, synthesis and the provider's schema; needs no account.</summary>
internal static class ValidateCommand
{
    private static readonly Rule s_schema = new(
        "terraform/validate", Severity.Error, "The synthesized stacks are valid for Terraform and the schema of the provider.");

    /// <param name="context">Context of the run.</param>
    /// <param name="chosen">One environment; null means all.</param>
    /// <param name="sarif">File for the findings as SARIF; null for none.</param>
    public static async Task<ExitCode> RunAsync(RunContext context, string? chosen, string? sarif)
    {
        var findings = new List<Finding>();
        var environments = new List<(string Name, string File, string OutDir)>();
        IReadOnlyList<FindingsException> invalid = EnvironmentLoader.ForEach(context, chosen, findings, (name, environment) =>
        {
            findings.AddRange(environment.Warnings);
            environments.Add((name, environment.File, Synthesizer.RunFor(context, environment, "validate")));
        });
        if (invalid.Count == 0)
            findings.AddRange(await StacksAsync(context, environments));
        FindingReport.Publish(context, "validate", findings, sarif);
        FindingsException.ThrowIfAny(invalid);
        return findings.Exists(finding => finding.Rule.Severity == Severity.Error) ? ExitCode.Failed : ExitCode.Ok;
    }

    /// <summary>Validates the stacks of all environments in one run of Terraform.</summary>
    private static async Task<IReadOnlyList<Finding>> StacksAsync(
        RunContext context, IReadOnlyList<(string Name, string File, string OutDir)> environments)
    {
        var findings = new List<Finding>();
        StackValidator validator =
            await StackValidator.CreateAsync(context.Runner, context.Checkout.Root, context.Checkout.WorkFolder, context.Variables);
        IReadOnlyDictionary<(string OutDir, string Stack), IReadOnlyList<string>> said =
            await context.Reporter.WithStatusAsync(
                "terraform validate", () => validator.RunAsync(environments.Select(environment => environment.OutDir)));
        foreach ((string name, string file, string outDir) in environments)
        {
            context.Reporter.Line(
                $"{name}: {string.Join(", ", StackFolder.Names(outDir))} "
                    + $"{(said.Any(entry => entry.Key.OutDir == outDir && entry.Value.Count > 0) ? "not valid" : "valid")}");
            foreach (((string _, string stack), IReadOnlyList<string> lines) in said.Where(entry => entry.Key.OutDir == outDir))
            {
                foreach (string line in lines)
                {
                    context.Reporter.Problem($"  {stack}: {line}");
                    findings.Add(new Finding(file, 0, 0, stack, line) { Rule = s_schema });
                }
            }
        }

        return findings;
    }
}
