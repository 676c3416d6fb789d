using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Access;

internal sealed class AccessVerb() : Verb(
    "access",
    "Show who from outside the environment's account can access what in it, and what its roles can access in other accounts; as "
        + "Markdown",
    "./infra access --env prod                        GitHub's tokens by repository and branch, other accounts, everyone",
    "./infra access --env local --used                used permissions, unused permissions, denied calls")
{
    private readonly Option<bool> _used = new("--used")
    {
        Description = "Compare the permissions of its roles with those recorded by the emulator",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "With --used: folder with records of one or many runs. Default: those of this checkout's emulator",
        HelpName = "FOLDER",
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override Task<ExitCode> RunAsync(Invocation invocation) => Task.FromResult(invocation.Value(_used)
        ? UsedPermissionsCommand.Run(invocation.Context, invocation.Options, invocation.Value(_from))
        : invocation.Value(_from) is null
            ? AccessCommand.Run(invocation.Context, invocation.Options)
            : throw OperationException.BadInput("--from requires --used", "./infra access --env NAME --used --from FOLDER"));
}
