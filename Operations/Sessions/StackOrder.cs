using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Output;

namespace Infra.Operations.Sessions;

/// <summary>Dependencies between stacks.</summary>
internal static class StackOrder
{
    /// <summary>Default stacks of deploy and plan.</summary>
    public static readonly IReadOnlyList<string> Default = [StackNames.Base, StackNames.Runtime];

    /// <summary>Default stacks of destroy: base holds data and is only destroyed if it is named.</summary>
    public static readonly IReadOnlyList<string> DefaultDestroy = [StackNames.Runtime];

    private static readonly string[] Deployed = [StackNames.Base, StackNames.Runtime, StackNames.Pipeline];

    /// <summary>The stacks to work on: the named ones, otherwise those of the environment.</summary>
    /// <param name="named">Names of stacks; empty means the default of the command.</param>
    /// <param name="byDefault">Default stacks of the command in an environment without a pipeline.</param>
    /// <param name="environment">The environment; null if its file has findings, which are reported later.</param>
    /// <exception cref="OperationException">The environment has no such stack.</exception>
    public static IReadOnlyCollection<string> Of(
        IReadOnlyCollection<string> named, IReadOnlyList<string> byDefault, EnvironmentConfig? environment)
    {
        string[] there = environment?.Pipeline is null ? [StackNames.Base, StackNames.Runtime] : [StackNames.Pipeline];
        if (named.Count == 0)
            return environment?.Pipeline is null ? byDefault : there;
        // Bootstrap is another mistake: it exists, with its own command.
        if (environment is not null && named.FirstOrDefault(
            stack => stack != StackNames.Bootstrap && !there.Contains(stack, StringComparer.Ordinal)) is { } absent)
            throw OperationException.BadInput($"{environment.Name} has no stack {absent}", $"available: {string.Join(", ", there)}");
        return named;
    }

    /// <summary>The named stacks without duplicates, dependencies first.</summary>
    /// <exception cref="OperationException">One is unknown, or has its own command.</exception>
    public static IReadOnlyList<string> ForDeploy(IReadOnlyCollection<string> named)
    {
        foreach (string stack in named)
        {
            if (stack == StackNames.Bootstrap)
                throw OperationException.BadInput("bootstrap has its own command", "./infra bootstrap --env NAME");
            if (!Deployed.Contains(stack, StringComparer.Ordinal))
                throw OperationException.BadInput($"there is no stack {stack}", $"available: {string.Join(", ", Deployed)}");
        }

        return Deployed.Where(stack => named.Contains(stack, StringComparer.Ordinal)).ToArray();
    }

    /// <summary>The named stacks without duplicates, dependents first.</summary>
    public static IReadOnlyList<string> ForDestroy(IReadOnlyCollection<string> named)
    {
        if (named.Contains(StackNames.Bootstrap, StringComparer.Ordinal))
        {
            throw OperationException.BadInput(
                "bootstrap is not destroyed: it holds the state of every environment of its project and account",
                "when no environment is left, empty and delete the state bucket and the lock table manually");
        }

        return ForDeploy(named).Reverse().ToArray();
    }

    /// <summary>The stack that a stack depends on; null if none.</summary>
    public static string? DependencyOf(string stack) => stack == StackNames.Runtime ? StackNames.Base : null;

    /// <summary>The stack that depends on a stack; null if none.</summary>
    public static string? DependentOf(string stack) => stack == StackNames.Base ? StackNames.Runtime : null;
}
