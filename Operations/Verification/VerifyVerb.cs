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
    "./infra verify end-to-end --env dev              services, their permissions and network path, smoke tests",
    "./infra verify end-to-end --deploy --env dev     the same, after a new deployment of each released image")
{
    private readonly Argument<string> _part = new("PART") { Description = $"What to check: {string.Join(", ", VerifyCommand.Parts)}" };

    private readonly Option<bool> _deploy = new("--deploy")
    {
        Description = "With end-to-end: first deploy each released service again, with the same image",
    };

    private readonly JsonOption _json = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new VerifyCommand(invocation.ContextOf(_json), invocation.Options, invocation.Value(_deploy)).RunAsync(invocation.Value(_part));
}
