using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.GitHub;

internal sealed class EnvironmentsVerb() : Verb(
    "environments",
    "List the environments that workflows deploy, in promotion order: accounts, branches, roles",
    "./infra environments                             all of them",
    "./infra environments --branch main --json        the matrix of a push to main")
{
    private readonly Option<string?> _branch = new("--branch")
    {
        Description = "Only environments that are deployed from this branch",
        HelpName = "BRANCH",
    };

    private readonly JsonOption _json = new() { Description = "Output as JSON on one line, for a workflow's matrix" };

    private readonly Option<bool> _outputs = new("--outputs")
    {
        Description = "Output one environment as name=value, for a step's outputs",
    };

    private readonly Option<bool> _mermaid = new("--mermaid")
    {
        Description = "Output as a Mermaid flowchart: branch, GitHub environment, account, what is delivered",
    };

    // Without the option it lists every environment, also if INFRA_ENV chooses one.
    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override Task<ExitCode> RunAsync(Invocation invocation) => Task.FromResult(new EnvironmentsCommand(invocation.Context).Run(
        invocation.Value(SharedOptions.Environment),
        invocation.Value(_branch),
        invocation.Value(_json) ? EnvironmentsForm.Json
            : invocation.Value(_outputs) ? EnvironmentsForm.Outputs
            : invocation.Value(_mermaid) ? EnvironmentsForm.Mermaid
            : EnvironmentsForm.Text));
}
