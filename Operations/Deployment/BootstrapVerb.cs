using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class BootstrapVerb() : Verb(
    "bootstrap",
    "Once per account, as an administrator: create state bucket, lock table and roles for GitHub; its own state moves to that bucket",
    "./infra bootstrap --env dev --profile acme-dev-admin")
{
    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new DeployCommand(invocation.Context, invocation.Options).BootstrapAsync();
}
