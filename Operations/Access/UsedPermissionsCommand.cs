using Infra.Configuration;
using Infra.Insight;
using Infra.Insight.Permissions;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Access;

/// <summary>Compares the permissions of an environment's roles with the permissions that the emulator recorded as used.</summary>
internal static class UsedPermissionsCommand
{
    /// <param name="context">Context of the run.</param>
    /// <param name="options">Selects the environment.</param>
    /// <param name="from">Folder with records of one or many runs; null means those of this work folder's emulator.</param>
    /// <returns><see cref="ExitCode.Failed"/> where a permission is unused without a reason.</returns>
    public static ExitCode Run(RunContext context, SessionOptions options, string? from)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        string records = from ?? context.Checkout.Emulator;
        if (!Directory.Exists(records)
            || !Directory.EnumerateFiles(records, AuthorizationRecord.FilePattern, SearchOption.AllDirectories).Any())
        {
            throw OperationException.BadInput(
                $"there is no {AuthorizationRecord.FilePattern} in {context.Checkout.Show(records)}",
                "the emulator writes it: deploy the environment there first, or pass --from FOLDER");
        }

        string outDir = Synthesizer.RunFor(context, environment, "access");
        PermissionUsage usage = PermissionUsage.Of(
            StackJson.ReadAll(outDir).SelectMany(stack => GrantedPermission.Of(stack, environment.Config.Account)),
            AuthorizationRecord.ReadAll(records),
            Reasons(context.Checkout.Root));
        string page = Path.Combine(outDir, "used-permissions.md");
        File.WriteAllText(
            page, PermissionUsagePage.Markdown($"Permissions of {environment.Config.Project}-{environment.Config.Name}", usage));
        File.WriteAllText(Path.ChangeExtension(page, ".json"), PermissionUsagePage.Json(usage).ToString());
        context.Reporter.Line(PermissionUsagePage.Summary(usage));
        foreach (GrantedPermission permission in usage.Unexplained)
            context.Reporter.Warn($"  unused without a documented reason: {permission.Role} {permission.Statement} {permission.Action}");
        foreach (RefusedCall call in usage.Refused)
            context.Reporter.Line($"  refused {call.Times} times: {call.Role} {call.Action} on {call.Resource}: {call.Reason}");
        context.Reporter.Line($"written to {context.Checkout.Show(page)} and .json");
        return usage.Unexplained.Any() ? ExitCode.Failed : ExitCode.Ok;
    }

    /// <summary>The committed reasons; empty if the repository has no list.</summary>
    public static IReadOnlyList<UnusedPermissionReason> Reasons(string root)
    {
        string file = Path.Combine(root, UnusedPermissionReason.File);
        try
        {
            return File.Exists(file) ? UnusedPermissionReason.Read(File.ReadAllText(file)) : [];
        }
        catch (FormatException e)
        {
            throw OperationException.BadInput(e.Message, "each entry has role, statement, action, reason, and source (an https URL)");
        }
    }
}
