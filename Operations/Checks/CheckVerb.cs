using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Checks;

internal sealed class CheckVerb() : Verb(
    "check",
    "Check every IAM policy of an environment against AWS's reference; needs no account; exit code 1 if there are findings",
    "./infra check --env dev",
    "./infra check --from ../other/cdktf.out          another project's stacks")
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Check a folder with synthesized stacks, of any cdktf project",
        HelpName = "DIR",
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        Task.FromResult(CheckCommand.Run(invocation.Context, invocation.Options, invocation.Value(_from)));
}
