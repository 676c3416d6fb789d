using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class DomainVerb() : Verb(
    "domain",
    "Create the zone and request the certificates, show the DNS records to enter, wait until the DNS has them; exit code 2 while "
        + "they are missing",
    "./infra domain --env dev --profile acme-dev      before the first deployment with a domain; deploy does it too")
{
    private readonly DomainWaitOption _wait = new("--wait");

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new DeployCommand(invocation.Context, invocation.Options) { DomainWait = invocation.Value(_wait) }.DomainAsync();
}
