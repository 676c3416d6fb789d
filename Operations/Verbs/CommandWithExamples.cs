using System.CommandLine;

namespace Infra.Operations.Verbs;

/// <summary>A command whose help ends with examples.</summary>
internal abstract class CommandWithExamples(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Example command lines, with a short description.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
