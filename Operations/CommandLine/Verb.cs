using System.CommandLine;
using Infra.Operations.Output;

namespace Infra.Operations.CommandLine;

/// <summary>A verb of the launcher; its help ends with examples.</summary>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Command lines to learn from, each with what it does.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Sets what the verb does.</summary>
    public Verb Does(Func<ParseResult, Task<ExitCode>> action)
    {
        SetAction(async (parsed, _) => (int)await action(parsed));
        return this;
    }
}
