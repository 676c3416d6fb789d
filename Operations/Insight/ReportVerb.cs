using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Insight;

internal sealed class ReportVerb() : Verb(
    "report",
    "Write an HTML page about an environment: picture, cost, schedule, exposure, access, backups, alarms, resources",
    "./infra report --env dev --out dev.html            one file that loads nothing; needs no account",
    "./infra report --env prod --releases               with the releases, which are read from AWS")
{
    private readonly Option<string?> _file = new("--out", "--output", "-o")
    {
        Description = "File to write to. Default: PROJECT-NAME.html",
        HelpName = "FILE",
    };

    private readonly Option<bool> _releases = new("--releases") { Description = "Read the releases from AWS" };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new ReportCommand(invocation.Context).RunAsync(
        invocation.Options, invocation.Value(_file), invocation.Value(_releases));
}
