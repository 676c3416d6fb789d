using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

internal sealed class GitHubDispatchVerb() : Verb(
    "dispatch",
    "Start a workflow on each other branch that deploys environments: GitHub runs schedules on the default branch only",
    "./infra github dispatch drift.yml",
    "./infra github dispatch verify-aws-integration.yml --input deploy=false")
{
    private readonly Argument<string> _workflow = new("WORKFLOW")
    {
        Description = "File name of the workflow, which needs workflow_dispatch",
    };

    private readonly Option<string[]> _inputs = new("--input")
    {
        Description = "Input of the workflow; can be repeated",
        HelpName = "NAME=VALUE",
    };

    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var inputs = new JObject();
        foreach (string input in invocation.Value(_inputs))
        {
            if (input.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw OperationException.BadInput($"--input {input} is not NAME=VALUE");
            inputs[name] = value;
        }

        using var github = new GitHubApi(name => invocation.Context.Variables[name]);
        return await new WorkflowDispatch(invocation.Context, github)
            .RunAsync([.. new EnvironmentsCommand(invocation.Context).All()], invocation.Value(_workflow), inputs);
    }
}
