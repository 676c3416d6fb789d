using System.CommandLine;
using Infra.Operations.Checks;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>check</c>.</summary>
internal static class CheckVerbs
{
    public static Verb Create(RunContext context)
    {
        var from = new Option<string?>(
            "--from")
        { Description = "Check a folder with synthesized stacks, of any cdktf project", HelpName = "DIR" };
        var verb = new Verb(
            "check",
            "Check every IAM policy of an environment against AWS's reference; needs no account; exit code 1 if there are findings",
            "./infra check --env dev",
            "./infra check --from ../other/cdktf.out          another project's stacks")
        {
            from,
        };
        return verb.WithAction(parsed => Task.FromResult(CheckCommand.Run(context, Options.Read(context, parsed), parsed.GetValue(from))));
    }
}
