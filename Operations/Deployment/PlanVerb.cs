using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class PlanVerb() : Verb(
    "plan",
    "Show what deploy would change; exit code 5 if there are changes",
    "./infra plan --env dev                           base and runtime",
    "./infra plan --env dev --destroy runtime         what destroying runtime would remove",
    "./infra plan --env dev base --save plans         base.tfplan, base.md, summary.json; applied by deploy --saved plans")
{
    private readonly StacksArgument _stacks = new(StackOrder.Default);
    private readonly Option<bool> _destroy = new("--destroy") { Description = "Plan to destroy" };

    private readonly Option<string?> _save = new("--save")
    {
        Description = "Save the plans for deploy --saved, with a summary as Markdown and as JSON",
        HelpName = "DIR",
    };

    private readonly Option<bool> _readOnly = new("--read-only")
    {
        Description = "Do not refresh or lock the state: for a role that may neither read secrets nor write",
    };

    protected override Task<ExitCode> RunAsync(Invocation invocation)
    {
        bool destroy = invocation.Value(_destroy);
        return new DeployCommand(invocation.Context, invocation.Options).PlanAsync(
            _stacks.Of(invocation, destroy ? StackOrder.DefaultDestroy : null),
            destroy,
            invocation.Value(_save),
            invocation.Value(_readOnly));
    }
}
