using System.CommandLine;
using Infra.Operations.Findings;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Checks;

internal sealed class CheckVerb() : Verb(
    "check",
    "Check every IAM policy of an environment against AWS's reference; needs no account; exit code 1 if there are findings",
    "./infra check                                    every environment",
    "./infra check --env dev --sarif check.sarif      also for code scanning",
    "./infra check --from ../other/cdktf.out          another project's stacks")
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Check a folder with synthesized stacks, of any cdktf project",
        HelpName = "DIR",
    };

    private readonly SarifOption _sarif = new();

    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        Task.FromResult(CheckCommand.Run(
            invocation.ContextOf(_json), invocation.Options.Environment, invocation.Value(_from), invocation.Value(_sarif)));
}
