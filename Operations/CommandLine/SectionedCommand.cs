using System.CommandLine;

namespace Infra.Operations.CommandLine;

/// <summary>The root command, whose help lists its verbs by section.</summary>
internal sealed class SectionedCommand : RootCommand
{
    public SectionedCommand(string description, IReadOnlyList<VerbSection> sections) : base(description)
    {
        Sections = sections;
        foreach (Command verb in sections.SelectMany(section => section.Verbs))
            Subcommands.Add(verb);
    }

    public IReadOnlyList<VerbSection> Sections { get; }
}

/// <summary>Verbs for one purpose.</summary>
/// <param name="Title">Title in the help.</param>
/// <param name="Verbs">Verbs, in the order of the help.</param>
internal sealed record VerbSection(string Title, IReadOnlyList<Command> Verbs);
