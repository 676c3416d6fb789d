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
        var used = new Option<bool>("--used") { Description = "Compare the permissions of its roles with those recorded by the emulator" };
        var from =
            new Option<string?>("--from")
            {
                Description =
                "With --used: folder with records of one or many runs. Default: those of this checkout's emulator",
                HelpName = "FOLDER"
            };
        return new Verb(
            "access",
            "Show who from outside the environment's account can access what in it, and what its roles can access in other accounts; as "
                + "Markdown",
            "./infra access --env prod                        GitHub's tokens by repository and branch, other accounts, everyone",
            "./infra access --env local --used                used permissions, unused permissions, denied calls")
        {
            used, from,
        }.WithAction(parsed => Task.FromResult(parsed.GetValue(used)
            ? UsedPermissionsCommand.Run(context, Options.Read(context, parsed), parsed.GetValue(from))
            : parsed.GetValue(from) is null
                ? AccessCommand.Run(context, Options.Read(context, parsed))
                : throw OperationException.BadInput("--from requires --used", "./infra access --env NAME --used --from FOLDER")));
    }
}
