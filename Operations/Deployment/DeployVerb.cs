using System.CommandLine;
using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class DeployVerb() : Verb(
    "deploy",
    "Plan each stack, show the plan, apply exactly that plan; then run the smoke tests",
    "./infra deploy --env local                       the whole environment on this machine, no AWS account needed",
    "./infra deploy --env dev --profile acme-dev      base, then runtime, in the account of dev",
    "./infra deploy --env prod runtime --dry-run      what would change in runtime",
    "./infra deploy --env prod base --saved plans     the plan that was reviewed, unless the state has changed since")
{
    private readonly StacksArgument _stacks = new(StackOrder.Default);

    private readonly Option<string?> _saved = new("--saved")
    {
        Description = "Apply exactly the plans that plan --save has saved there",
        HelpName = "DIR",
    };

    private readonly DomainWaitOption _domainWait = new("--domain-wait");

    private readonly AllowDataLossOption _allowDataLoss = new();

    private readonly FullOption _full = new();

    private readonly SkipOption _bootstrap = new(DeploySteps.Bootstrap, "Do not check whether the account is bootstrapped");
    private readonly SkipOption _domain = new(DeploySteps.Domain, "Do not check the DNS for the records of a new domain");
    private readonly SkipOption _snapshot = new(DeploySteps.Snapshot, "Do not take a snapshot of the database");
    private readonly SkipOption _base = new(StackNames.Base, "Do not deploy base");
    private readonly SkipOption _images = new(DeploySteps.Images, "Do not check whether the released images exist");
    private readonly SkipOption _runtime = new(StackNames.Runtime, "Do not deploy runtime");
    private readonly SkipOption _smoke = new(DeploySteps.Smoke, "Do not run the smoke tests");

    protected override Task<ExitCode> RunAsync(Invocation invocation)
    {
        var command = new DeployCommand(invocation.Context, invocation.Options)
        {
            DomainWait = invocation.Value(_domainWait),
            Full = invocation.Value(_full),
            AllowDataLoss = invocation.Value(_allowDataLoss) ?? [],
        };
        return invocation.Value(_saved) is { } folder
            ? command.DeploySavedAsync(_stacks.Of(invocation, []), folder, snapshot: !invocation.Value(_snapshot))
            : command.DeployAsync(
                _stacks.Of(invocation),
                [.. Options.OfType<SkipOption>().Where(invocation.Value).Select(option => option.Step)]);
    }

    private sealed class SkipOption : Option<bool>
    {
        public SkipOption(string step, string description) : base($"--skip-{step}")
        {
            Step = step;
            Description = description;
        }

        public string Step { get; }
    }
}
