using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Insight;

internal sealed class GraphVerb() : Verb(
    "graph",
    "Draw the resources of an environment: network, services, data, public entry points and their connections",
    "./infra graph --env dev --out dev.svg                 picture for light and dark pages",
    "./infra graph --env dev --format mermaid              for a comment of a pull request")
{
    private readonly Option<string> _format = FormatOption();

    private readonly Option<string?> _file = new("--out", "--output", "-o")
    {
        Description = "File to write to. Default: standard output; on a terminal PROJECT-NAME.svg or .mmd",
        HelpName = "FILE",
    };

    public override IReadOnlyList<Option> AppliedOptions => [SharedOptions.Environment, SharedOptions.Emulator];

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new GraphCommand(invocation.Context).RunAsync(
        invocation.Options, Enum.Parse<GraphFormat>(invocation.Value(_format), ignoreCase: true), invocation.Value(_file));

    private static Option<string> FormatOption()
    {
        var format = new Option<string>("--format")
        {
            Description = "Format: svg or mermaid",
            DefaultValueFactory = _ => "svg",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong("svg", "mermaid");
        return format;
    }
}
