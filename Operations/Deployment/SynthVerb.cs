using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class SynthVerb() : Verb(
    "synth",
    "Write the Terraform JSON of every stack of an environment",
    "./infra synth --env dev                          into cdktf.out, as cdktf does",
    "./infra synth --env examples/tap/poc.json --out /tmp/poc")
{
    private readonly Option<string?> _outDir = new("--out", "-o")
    {
        Description = "Output folder. Default: cdktf.out, or what cdktf sets",
        HelpName = "DIR",
    };

    public override IReadOnlyList<Option> AppliedOptions => [SharedOptions.Environment, SharedOptions.Emulator];

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        SynthCommand.RunAsync(invocation.Context, invocation.Options, invocation.Value(_outDir));
}
