namespace Infra.Operations.Verbs;

/// <summary>A command that only groups verbs: <c>layer</c> in <c>./infra layer publish</c>.</summary>
internal sealed class VerbGroup(string name, string description, params IReadOnlyList<string> examples)
    : CommandWithExamples(name, description, examples);
