using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class SetupVerb() : Verb(
    "setup",
    "Install everything that the other commands need, once: npm packages, bindings, build, emulator, Terraform and its provider",
    "./infra setup")
{
    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new SetupCommand(invocation.Context).RunAsync();
}
