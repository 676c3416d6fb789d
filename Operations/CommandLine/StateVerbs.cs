using System.CommandLine;
using Infra.Contracts;
using Infra.Operations.Deployment;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>state list|restore</c>.</summary>
internal static class StateVerbs
{
    public static Verb Create(RunContext context)
    {
        Argument<string> listed = Stack();
        var list =
            new Verb("list", "List the last versions of a stack's state, newest first", "./infra state list base --env dev") { listed };
        list.WithAction(parsed => new StateCommand(context, Options.Read(context, parsed)).ListAsync(parsed.GetValue(listed)!));

        Argument<string> restored = Stack();
        var version = new Argument<string>("VERSION") { Description = "Version of the state, as list shows it" };
        var restore = new Verb(
            "restore",
            "Restore an earlier version of a stack's state; deployed resources are not changed",
            "./infra state restore base 3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH --env dev")
        {
            restored, version,
        };
        restore.WithAction(parsed =>
            new StateCommand(context, Options.Read(context, parsed)).RestoreAsync(parsed.GetValue(restored)!, parsed.GetValue(version)!));

        return new Verb(
            "state",
            "List and restore earlier versions of Terraform's state, if the newest is lost or wrong",
            "./infra state list base --env dev",
            "./infra state restore base VERSION --env dev")
        {
            list, restore,
        };
    }

    private static Argument<string> Stack() =>
        new("STACK") { Description = $"{StackNames.Base}, {StackNames.Runtime} or {StackNames.Bootstrap}" };
}
