using Infra.Configuration;
using Infra.Configuration.Findings;
using Infra.Operations.Findings;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sessions;

/// <summary>Loads the chosen environment, or reports all findings.</summary>
internal static class EnvironmentLoader
{
    /// <summary>The chosen environment, or all of the folder if none was chosen.</summary>
    private static IReadOnlyList<string> Chosen(RunContext context, string? chosen) =>
        chosen is null ? EnvironmentFile.List(context.Checkout.Root) : [chosen];

    /// <summary>Loads each environment, and goes on after one with findings.</summary>
    /// <param name="context">Context of the run.</param>
    /// <param name="chosen">Name or path; null means all.</param>
    /// <param name="findings">Gets the findings of environments that have some.</param>
    /// <param name="action">What to do with an environment and its name.</param>
    /// <returns>The environments that have findings.</returns>
    public static IReadOnlyList<FindingsException> ForEach(
        RunContext context, string? chosen, List<Finding> findings, Action<string, LoadedEnvironment> action)
    {
        var invalid = new List<FindingsException>();
        foreach (string name in Chosen(context, chosen))
        {
            try
            {
                action(name, Load(context, name));
            }
            catch (FindingsException e)
            {
                invalid.Add(e);
                findings.AddRange(e.Findings);
            }
        }

        return invalid;
    }

    /// <param name="context">Context of the run.</param>
    /// <param name="chosen">Name or path; null if none was chosen.</param>
    /// <param name="warn">Whether to show warnings; false if the output is for programs.</param>
    public static LoadedEnvironment Load(RunContext context, string? chosen, bool warn = true)
    {
        if (chosen is null)
        {
            IReadOnlyList<string> known = EnvironmentFile.List(context.Checkout.Root);
            throw OperationException.BadInput(
                $"no environment is chosen; available: {string.Join(", ", known)}",
                $"pass --env NAME (or the path of an environment file), or set {SessionOptions.EnvironmentVariable}=NAME");
        }

        LoadResult result = EnvironmentFile.Load(chosen, context.Checkout.Root);
        if (result.Environment is { } environment)
        {
            foreach (Finding warning in warn ? environment.Warnings : [])
                context.Reporter.Warn($"warning: {warning}");
            return environment;
        }

        throw Invalid(context, chosen, result.Findings);
    }

    /// <summary>Shows findings, one per line, in a format that editors can parse.</summary>
    public static FindingsException Invalid(RunContext context, string name, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
            context.Reporter.Problem(finding.ToString());
        return new FindingsException(
            $"environment {name} has {findings.Count} {(findings.Count == 1 ? "finding" : "findings")}; nothing was changed", findings);
    }
}
