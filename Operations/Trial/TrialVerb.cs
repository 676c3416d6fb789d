using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Trial;

internal sealed class TrialVerb() : Verb(
    "trial",
    "Deploy to an empty sandbox account, delete everything, and report which assumptions of the emulator hold on AWS",
    "./infra trial --profile acme-sandbox --account 222222222222     about three hours; asks before it begins",
    "./infra trial --profile acme-sandbox --account 222222222222 --dry-run",
    "./infra trial --emulator                         the same on the local AWS")
{
    private readonly Option<string?> _account = new("--account")
    {
        Description = "Empty sandbox account to use. Default: prompts for it",
        HelpName = "ID",
    };

    private readonly Option<string> _region = new("--region")
    {
        Description = "Region to use",
        HelpName = "REGION",
        DefaultValueFactory = _ => "us-east-1",
    };

    private readonly Option<string[]> _skip = new("--skip")
    {
        Description = "Skip a step, and everything that only it needs: "
            + string.Join(", ", TrialCommand.Steps.Where(step => step.CanBeSkipped).Select(step => step.Name)),
        HelpName = "STEP",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _clean = new("--clean") { Description = "Only delete what an earlier trial left" };

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new TrialCommand(invocation.Context, invocation.Options).RunAsync(
        invocation.Value(_account), invocation.Value(_region), invocation.Value(_skip), invocation.Value(_clean));
}
