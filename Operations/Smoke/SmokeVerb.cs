using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Smoke;

internal sealed class SmokeVerb() : Verb(
    "smoke",
    "Run the smoke tests of the environment file against the running environment; exit code 1 if a test fails",
    "./infra smoke --env prod",
    "./infra smoke --env prod --only api-health")
{
    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Only the test of that name; can be repeated",
        HelpName = "NAME",
    };

    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        SmokeCommand.RunAsync(invocation.ContextOf(_json), invocation.Options, invocation.Value(_only));
}
