using System.CommandLine;
using Infra.Operations.Trial;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>trial</c>.</summary>
internal static class TrialVerbs
{
    public static Verb Create(RunContext context)
    {
        var account =
            new Option<string?>("--account") { Description = "Empty sandbox account to use. Default: prompts for it", HelpName = "ID" };
        var region =
            new Option<string>("--region") { Description = "Region to use", HelpName = "REGION", DefaultValueFactory = _ => "us-east-1" };
        var skip = new Option<string[]>("--skip")
        {
            Description =
                $"Skip a step, and everything that only it needs: "
                    + $"{string.Join(", ", TrialCommand.Steps.Where(step => step.CanBeSkipped).Select(step => step.Name))}",
            HelpName = "STEP",
            AllowMultipleArgumentsPerToken = true,
        };
        var clean = new Option<bool>("--clean") { Description = "Only delete what an earlier trial left" };
        return new Verb(
            "trial",
            "Deploy to an empty sandbox account, delete everything, and report which assumptions of the emulator hold on AWS",
            "./infra trial --profile acme-sandbox --account 222222222222     about three hours; asks before it begins",
            "./infra trial --profile acme-sandbox --account 222222222222 --dry-run",
            "./infra trial --emulator                         the same on the local AWS")
        {
            account, region, skip, clean,
        }.WithAction(parsed => new TrialCommand(context, Options.Read(context, parsed)).RunAsync(
            parsed.GetValue(account), parsed.GetValue(region)!, parsed.GetValue(skip) ?? [], parsed.GetValue(clean)));
    }
}
