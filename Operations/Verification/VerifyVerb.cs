using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Verification;

internal sealed class VerifyVerb() : Verb(
    "verify",
    "Check credentials and everything that applications depend on",
    "./infra verify auth --env dev                    the caller, and one permission for each service",
    "./infra verify infrastructure --env dev          buckets, registry, network",
    "./infra verify application --env dev             builds and pushes a sample, writes objects, reads discovery parameters",
    "./infra verify end-to-end --env dev              the smoke tests of the running environment")
{
    private readonly Argument<string> _part = new("PART") { Description = $"What to check: {string.Join(", ", VerifyCommand.Parts)}" };

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new VerifyCommand(invocation.Context, invocation.Options).RunAsync(invocation.Value(_part));
}
