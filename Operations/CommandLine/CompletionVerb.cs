using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.CommandLine;

/// <summary>Prints the script with which a shell completes command lines.</summary>
internal sealed class CompletionVerb() : Verb(
    "completion",
    "Print the script with which a shell completes verbs, options, environments and services",
    "source <(./infra completion bash)                           in this shell; in ~/.bashrc with the path of infra",
    "./infra completion fish > ~/.config/fish/completions/infra.fish",
    "./infra completion powershell | Out-String | Invoke-Expression")
{
    private readonly Argument<string> _shell = Shell();

    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override Task<ExitCode> RunAsync(Invocation invocation)
    {
        invocation.Context.Reporter.Line(CompletionScripts.Of(invocation.Value(_shell)));
        return Task.FromResult(ExitCode.Ok);
    }

    private static Argument<string> Shell()
    {
        var shell = new Argument<string>("SHELL") { Description = $"Shell: {string.Join(", ", CompletionScripts.Shells)}" };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        return shell;
    }
}
