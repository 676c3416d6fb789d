using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Output;

namespace Infra.Operations.Sessions;

/// <summary>Which stack stands on which.</summary>
internal static class StackOrder
{
    /// <summary>What deploy and plan work on when nothing is named.</summary>
    public static readonly IReadOnlyList<string> Default = [StackNames.Base, StackNames.Runtime];

    /// <summary>What destroy works on when nothing is named: base holds what is precious and goes only by its name.</summary>
    public static readonly IReadOnlyList<string> DefaultDestroy = [StackNames.Runtime];

    private static readonly string[] Deployed = [StackNames.Base, StackNames.Runtime, StackNames.Pipeline];

    /// <summary>The stacks to work on: the named ones, else what the environment is made of.</summary>
    /// <param name="named">Stacks by their names; none means all that the verb works on.</param>
    /// <param name="byDefault">What the verb works on in an environment without a pipeline.</param>
    /// <param name="environment">The environment; null where its file has findings, which are said later.</param>
    /// <exception cref="OperationException">The environment has no such stack.</exception>
    public static IReadOnlyCollection<string> Of(IReadOnlyCollection<string> named, IReadOnlyList<string> byDefault, EnvironmentConfig? environment)
    {
        string[] there = environment?.Pipeline is null ? [StackNames.Base, StackNames.Runtime] : [StackNames.Pipeline];
        if (named.Count == 0)
            return environment?.Pipeline is null ? byDefault : there;
        if (environment is not null && named.FirstOrDefault(stack => Deployed.Contains(stack, StringComparer.Ordinal) && !there.Contains(stack, StringComparer.Ordinal)) is { } absent)
            throw OperationException.BadInput($"{environment.Name} has no stack {absent}", $"it has: {string.Join(", ", there)}");
        return named;
    }

    /// <summary>The named stacks once each, what others stand on first.</summary>
    /// <exception cref="OperationException">One is unknown, or has a verb of its own.</exception>
    public static IReadOnlyList<string> ForDeploy(IReadOnlyCollection<string> named)
    {
        foreach (string stack in named)
        {
            if (stack == StackNames.Bootstrap)
                throw OperationException.BadInput("bootstrap has a verb of its own", "./infra bootstrap --env NAME");
            if (!Deployed.Contains(stack, StringComparer.Ordinal))
                throw OperationException.BadInput($"there is no stack {stack}", $"available: {string.Join(", ", Deployed)}");
        }

        return Deployed.Where(stack => named.Contains(stack, StringComparer.Ordinal)).ToArray();
    }

    /// <summary>The named stacks once each, what stands on others first.</summary>
    public static IReadOnlyList<string> ForDestroy(IReadOnlyCollection<string> named)
    {
        if (named.Contains(StackNames.Bootstrap, StringComparer.Ordinal))
        {
            throw OperationException.BadInput(
                "bootstrap is not destroyed: it holds the state of every environment of its project and account",
                "when no environment is left, empty and delete the state bucket and the lock table by hand");
        }

        return ForDeploy(named).Reverse().ToArray();
    }

    /// <summary>The stack that a stack stands on; null if on none.</summary>
    public static string? DependencyOf(string stack) => stack == StackNames.Runtime ? StackNames.Base : null;

    /// <summary>The stack that stands on a stack; null if none does.</summary>
    public static string? DependentOf(string stack) => stack == StackNames.Base ? StackNames.Runtime : null;
}
