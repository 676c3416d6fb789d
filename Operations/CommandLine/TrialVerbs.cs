using System.CommandLine;
using Infra.Operations.Trial;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>trial</c>.</summary>
internal static class TrialVerbs
{
    public static Verb Create(RunContext context)
    {
        var account = new Option<string?>("--account") { Description = "Empty sandbox account to try in. Default: asks", HelpName = "ID" };
        var region = new Option<string>("--region") { Description = "Region to try in", HelpName = "REGION", DefaultValueFactory = _ => "us-east-1" };
        var skip = new Option<string[]>("--skip")
        {
            Description = $"Leave out a step, and what only it needs: {string.Join(", ", TrialCommand.Steps.Where(step => step.CanBeSkipped).Select(step => step.Name))}",
            HelpName = "STEP",
            AllowMultipleArgumentsPerToken = true,
        };
        var clean = new Option<bool>("--clean") { Description = "Only remove what an earlier trial left" };
        return new Verb(
            "trial",
            "Try the platform in an empty sandbox account, remove everything, and report which assumptions of the local AWS held",
            "./infra trial --profile acme-sandbox --account 222222222222     about three hours; asks before it begins",
            "./infra trial --profile acme-sandbox --account 222222222222 --dry-run",
            "./infra trial --emulator                         the same on the local AWS")
        {
            account, region, skip, clean,
        }.Does(parsed => new TrialCommand(context, Options.Read(parsed)).RunAsync(
            parsed.GetValue(account), parsed.GetValue(region)!, parsed.GetValue(skip) ?? [], parsed.GetValue(clean)));
    }
}
