using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Doctor;

internal sealed class DoctorVerb() : Verb(
    "doctor",
    "Check an environment against the production-readiness checklist; exit code 1 if an entry is not met",
    "./infra doctor --production --env prod --profile acme-prod",
    "./infra doctor --production --env examples/hoopstat-haus/prod.json     without credentials: only the environment file",
    "./infra doctor --production --env prod --report readiness.md           the filled-in checklist as Markdown",
    "./infra doctor github --help")
{
    private readonly Option<bool> _production = new("--production") { Description = "Check the production-readiness checklist" };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "File to write the filled-in checklist to, as Markdown",
        HelpName = "FILE",
    };

    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) => invocation.Value(_production)
        ? new DoctorCommand(invocation.ContextOf(_json), invocation.Options).RunAsync(invocation.Value(_report))
        : throw OperationException.BadInput(
            "doctor needs what to check", "./infra doctor --production --env NAME, or ./infra doctor github");
}
