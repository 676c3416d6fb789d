using Infra.Operations.Processes;

namespace Infra.Operations.Workspace;

/// <summary>The commit that is checked out.</summary>
internal static class Commit
{
    /// <summary>Its SHA, all forty digits; null outside a repository or without git.</summary>
    public static async Task<string?> OfAsync(RunContext context)
    {
        if (ToolOnPath.Find("git") is null)
            return null;
        ProcessResult result =
            await context.Runner.RunAsync(new ProcessRequest("git", "rev-parse", "HEAD") { WorkingDirectory = context.Checkout.Root });
        return result.ExitCode == 0 ? result.Output.Trim() : null;
    }

    /// <summary>Abbreviated, for display.</summary>
    public static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;
}
