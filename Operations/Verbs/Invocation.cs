using System.CommandLine;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Verbs;

/// <summary>One run of a verb: its context, and the values of its options and arguments.</summary>
internal sealed class Invocation(RunContext context, ParseResult parsed)
{
    public RunContext Context { get; } = context;

    /// <summary>The options that all verbs have.</summary>
    public SessionOptions Options { get; } = SharedOptions.Read(context, parsed);

    /// <summary>The context of a verb that reports.</summary>
    public RunContext ContextOf(JsonOption json) => Value(json) ? Context.ForJson() : Context;

    /// <summary>Value of an option; only one with a nullable type can be null, and an array is empty if it is not given.</summary>
    public T Value<T>(Option<T> option) => parsed.GetValue(option)!;

    /// <summary>Value of an argument; only one with a nullable type can be null, and an array is empty if it is not given.</summary>
    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Whether the command line contains the argument, regardless of its default.</summary>
    public bool IsGiven(Argument argument) => parsed.GetResult(argument) is { Tokens.Count: > 0 };
}
