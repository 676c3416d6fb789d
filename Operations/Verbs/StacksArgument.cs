using System.CommandLine;
using Infra.Configuration;
using Infra.Contracts;
using Infra.Operations.Sessions;

namespace Infra.Operations.Verbs;

/// <summary>The argument with the stacks that a verb works on.</summary>
internal sealed class StacksArgument : Argument<string[]>
{
    private readonly IReadOnlyList<string> _byDefault;

    public StacksArgument(IReadOnlyList<string> byDefault) : base("STACK")
    {
        _byDefault = byDefault;
        Description = $"Stacks: {StackNames.Base}, {StackNames.Runtime}; {StackNames.Pipeline} if the environment has one. "
            + $"Default: {string.Join(' ', byDefault)}";
        Arity = ArgumentArity.ZeroOrMore;
        DefaultValueFactory = _ => [.. byDefault];
    }

    /// <summary>The stacks on the command line; if there are none, those of the environment.</summary>
    /// <param name="invocation">The run.</param>
    /// <param name="byDefault">Default stacks in an environment without a pipeline, if not those of the help.</param>
    public IReadOnlyCollection<string> Of(Invocation invocation, IReadOnlyList<string>? byDefault = null) => StackOrder.Of(
        invocation.IsGiven(this) ? invocation.Value(this) : [],
        byDefault ?? _byDefault,
        invocation.Options.Environment is { } chosen
            ? EnvironmentFile.Load(chosen, invocation.Context.Checkout.Root).Environment?.Config
            : null);
}
