using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>
/// Comments and issues of workflows: one comment on a pull request and one issue for each subject, found again by a hidden
/// HTML comment, so that a second run updates it instead of adding another.
/// </summary>
internal sealed class Notices(RunContext context, GitHubApi github)
{
    // GitHub's limit is 65,536 characters; the rest is for the hidden comment and the note.
    private const int Longest = 65_000;

    /// <summary>Creates or updates the comment of the subject on a pull request.</summary>
    public async Task<ExitCode> CommentAsync(int pullRequest, string subject, string text)
    {
        var body = new JObject { ["body"] = Marked(subject, text) };
        JObject? comment = await FindAsync($"issues/{pullRequest}/comments", subject);
        if (comment is null)
            await github.SendAsync(HttpMethod.Post, $"issues/{pullRequest}/comments", body, context.Stopping);
        else
            await github.SendAsync(HttpMethod.Patch, $"issues/comments/{comment["id"]}", body, context.Stopping);
        context.Reporter.Line($"{(comment is null ? "commented" : "comment updated")}: {subject} on #{pullRequest}");
        return ExitCode.Ok;
    }

    /// <summary>Opens or updates the issue of the subject.</summary>
    public async Task<ExitCode> OpenIssueAsync(string subject, string label, string text)
    {
        var body = new JObject { ["title"] = subject, ["body"] = Marked(subject, text), ["labels"] = new JArray(label) };
        JObject? issue = await FindIssueAsync(subject, label);
        JToken answer = issue is null
            ? await github.SendAsync(HttpMethod.Post, "issues", body, context.Stopping)
            : await github.SendAsync(HttpMethod.Patch, $"issues/{issue["number"]}", body, context.Stopping);
        context.Reporter.Line($"issue #{answer["number"]} {(issue is null ? "opened" : "updated")}: {subject}");
        return ExitCode.Ok;
    }

    /// <summary>Closes the open issue of the subject, if there is one.</summary>
    public async Task<ExitCode> CloseIssueAsync(string subject, string label)
    {
        if (await FindIssueAsync(subject, label) is not { } issue)
        {
            context.Reporter.Line($"no open issue: {subject}");
            return ExitCode.Ok;
        }

        var closed = new JObject { ["state"] = "closed", ["state_reason"] = "completed" };
        await github.SendAsync(HttpMethod.Patch, $"issues/{issue["number"]}", closed, context.Stopping);
        context.Reporter.Line($"issue #{issue["number"]} closed: {subject}");
        return ExitCode.Ok;
    }

    /// <summary>Reads a Markdown file with the text of a comment or an issue.</summary>
    public static async Task<string> ReadAsync(string file) => File.Exists(file)
        ? await File.ReadAllTextAsync(file)
        : throw OperationException.BadInput($"{file} does not exist");

    private Task<JObject?> FindIssueAsync(string subject, string label) =>
        FindAsync($"issues?state=open&labels={Uri.EscapeDataString(label)}", subject);

    private async Task<JObject?> FindAsync(string list, string subject)
    {
        await foreach (JObject element in github.ListAsync(list, context.Stopping))
        {
            if (((string?)element["body"] ?? "").Contains(Mark(subject), StringComparison.Ordinal))
                return element;
        }

        return null;
    }

    private static string Mark(string subject) => $"<!-- infra: {subject} -->";

    private static string Marked(string subject, string text)
    {
        string shown = text.Length <= Longest ? text : text[..Longest] + "\n\n… the rest is in the job's summary.";
        return $"{Mark(subject)}\n{shown}";
    }
}
