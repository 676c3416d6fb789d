using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Drift;

internal sealed class DriftVerb() : Verb(
    "drift",
    "Show changes that were made outside Terraform, without those that are configured and not applied yet; exit code 5 on drift",
    "./infra drift --env prod                         base and runtime",
    "./infra drift --env prod runtime --report drift  drift/runtime.md, drift/drift.json")
{
    private readonly StacksArgument _stacks = new(StackOrder.Default);

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Folder for a Markdown report of each stack that has drifted, and drift.json",
        HelpName = "DIR",
    };

    private readonly Option<bool> _readOnly = new("--read-only")
    {
        Description = "Leave out resources that can only be refreshed by reading a secret: for the plan role",
    };

    private readonly JsonOption _json = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new DriftCommand(
        invocation.ContextOf(_json), invocation.Options).RunAsync(
        _stacks.Of(invocation), invocation.Value(_report), invocation.Value(_readOnly));
}
