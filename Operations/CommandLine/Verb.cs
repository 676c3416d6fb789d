using System.CommandLine;
using Infra.Operations.Output;

namespace Infra.Operations.CommandLine;

/// <summary>A command of the launcher; its help ends with examples.</summary>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Example command lines, with a short description.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Sets the action of the command.</summary>
    public Verb WithAction(Func<ParseResult, Task<ExitCode>> action)
    {
        SetAction(async (parsed, _) => (int)await action(parsed));
        return this;
    }
}
