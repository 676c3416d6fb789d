using System.CommandLine;
using Infra.Operations.Access;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>access</c>.</summary>
internal static class AccessVerbs
{
    public static Verb Create(RunContext context)
    {
        var used = new Option<bool>("--used") { Description = "Compare the permissions of its roles with those that the local AWS has seen them use" };
        var from = new Option<string?>("--from") { Description = "With --used: folder with records of one or many runs. Default: those of this checkout's local AWS", HelpName = "FOLDER" };
        return new Verb(
            "access",
            "Who from outside the environment's account reaches what in it, and what its roles reach in other accounts; as Markdown",
            "./infra access --env prod                        GitHub's tokens by repository and branch, other accounts, everyone",
            "./infra access --env local --used                permissions that were used, that never were, calls that were refused")
        {
            used, from,
        }.Does(parsed => Task.FromResult(parsed.GetValue(used)
            ? UsedPermissionsCommand.Run(context, Options.Read(parsed), parsed.GetValue(from))
            : parsed.GetValue(from) is null
                ? AccessCommand.Run(context, Options.Read(parsed))
                : throw OperationException.BadInput("--from is for --used", "./infra access --env NAME --used --from FOLDER")));
    }
}
