using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

internal sealed class PlanVerb() : Verb(
    "plan",
    "Show what deploy would change; exit code 5 if there are changes, 6 if data is at risk",
    "./infra plan --env dev                           base and runtime",
    "./infra plan --env dev --destroy runtime         what destroying runtime would remove",
    "./infra plan --env dev base --save plans         base.tfplan, plan.md, summary.json; applied by deploy --saved plans")
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

    private readonly JsonOption _json = new();
    private readonly FullOption _full = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation)
    {
        bool destroy = invocation.Value(_destroy), json = invocation.Value(_json);
        RunContext context = invocation.ContextOf(_json);
        var command = new PlanCommand(context, invocation.Options)
        {
            Full = invocation.Value(_full),
            Save = invocation.Value(_save),
            ReadOnly = invocation.Value(_readOnly),
        };
        return command.RunAsync(
            _stacks.Of(invocation, destroy ? StackOrder.DefaultDestroy : null), destroy,
            json ? summary => invocation.Context.Reporter.Line(summary.ToJson()) : null);
    }
}
