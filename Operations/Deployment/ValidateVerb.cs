using System.CommandLine;
using Infra.Operations.Findings;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class ValidateVerb() : Verb(
    "validate",
    "Check environment files, synthesis, and every stack against the provider's schema; needs no account",
    "./infra validate                                 every environment",
    "./infra validate --env dev --sarif dev.sarif     also for code scanning")
{
    private readonly SarifOption _sarif = new();

    private readonly JsonOption _json = new();

    // Without the option it validates every environment, also if INFRA_ENV chooses one.
    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        ValidateCommand.RunAsync(invocation.ContextOf(_json), invocation.Value(SharedOptions.Environment), invocation.Value(_sarif));
}
