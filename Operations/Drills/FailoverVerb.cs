using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Drills;

internal sealed class FailoverVerb() : Verb(
    "failover",
    "Stop one task of a service, then all of its tasks in one Availability Zone, and measure what users see; exit code 1 if requests fail",
    "./infra drill failover backend --env dev",
    "./infra drill failover backend --env dev --zone us-west-2a --report failover.md",
    "./infra drill failover backend --env dev --dry-run        which tasks would be stopped")
{
    private readonly Argument<string> _service = new("SERVICE") { Description = "Service: a name in services of the environment file" };

    private readonly Option<string?> _zone = new("--zone")
    {
        Description = "Availability Zone whose tasks are stopped. Default: the one with the most tasks",
        HelpName = "ZONE",
    };

    private readonly Option<string?> _url = new("--url")
    {
        Description = "URL that is requested during the drill. Default: the health check path at the service's host",
        HelpName = "URL",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Also write the result to this file, as Markdown",
        HelpName = "FILE",
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new FailoverDrill(invocation.Context, invocation.Options).RunAsync(
            invocation.Value(_service), invocation.Value(_zone), invocation.Value(_url), invocation.Value(_report));
}
