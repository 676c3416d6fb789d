using System.CommandLine;
using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>Commands for workflows: <c>environments</c>, and <c>github comment|issue</c>.</summary>
internal static class GitHubVerbs
{
    private const string DefaultLabel = "infra";

    public static Verb Environments(RunContext context)
    {
        var branch =
            new Option<string?>("--branch") { Description = "Only environments that are deployed from this branch", HelpName = "BRANCH" };
        var json = new Option<bool>("--json") { Description = "Output as JSON on one line, for a workflow's matrix" };
        var outputs = new Option<bool>("--outputs") { Description = "Output one environment as name=value, for a step's outputs" };
        var verb = new Verb(
            "environments",
            "List the environments that workflows deploy, in promotion order: accounts, branches, roles",
            "./infra environments                             all of them",
            "./infra environments --branch main --json        the matrix of a push to main")
        {
            branch, json, outputs,
        };
        return verb.WithAction(parsed => Task.FromResult(new EnvironmentsCommand(context)
            .Run(parsed.GetValue(Options.Environment), parsed.GetValue(branch), (parsed.GetValue(json), parsed.GetValue(outputs)) switch
            {
                (true, _) => EnvironmentsForm.Json,
                (_, true) => EnvironmentsForm.Outputs,
                _ => EnvironmentsForm.Text,
            })));
    }

    public static Verb GitHub(RunContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Markdown file with the text" };
        var subject =
            new Option<string>("--subject")
            {
                Description = "Subject; a second comment or issue on the same subject replaces the first",
                HelpName = "TEXT",
                Required = true,
            };
        var pull = new Option<int>("--pull") { Description = "Number of the pull request", HelpName = "NUMBER", Required = true };
        Verb comment = new Verb(
            "comment",
            "Create or update the comment for a subject on a pull request",
            "./infra github comment plans/base.md --pull 7 --subject \"Plan for dev\"")
        {
            file, subject, pull,
        }.WithAction(parsed => WithNoticesAsync(context, async notices =>
            await notices.CommentAsync(parsed.GetValue(pull), parsed.GetValue(subject)!, await TextAsync(parsed.GetValue(file)!))));

        var optionalFile = new Argument<string?>(
            "FILE")
        { Description = "Markdown file with the text; none with --close", Arity = ArgumentArity.ZeroOrOne };
        var label = new Option<string>(
            "--label")
        { Description = "Label of the issues", HelpName = "NAME", DefaultValueFactory = _ => DefaultLabel };
        var close = new Option<bool>("--close") { Description = "Close the open issue of the subject, if there is one" };
        Verb issue = new Verb(
            "issue",
            "Create, update or close the open issue for a subject",
            "./infra github issue drift/base.md --subject \"Drift in dev base\"",
            "./infra github issue --close --subject \"Drift in dev base\"")
        {
            optionalFile, subject, label, close,
        }.WithAction(parsed => WithNoticesAsync(context, async notices => (parsed.GetValue(close), parsed.GetValue(optionalFile)) switch
        {
            (true, _) => await notices.CloseIssueAsync(parsed.GetValue(subject)!, parsed.GetValue(label)!),
            (false, { } text) => await notices.OpenIssueAsync(parsed.GetValue(subject)!, parsed.GetValue(label)!, await TextAsync(text)),
            _ => throw OperationException.BadInput("an issue needs a text", "pass a Markdown file, or --close"),
        }));
        var reviewers = new Option<string[]>(
            "--reviewer")
        { Description = "GitHub user who approves deployments to production; can be repeated", HelpName = "USER" };
        Verb protect = new Verb(
            "protect",
            "Once, with an administrator's token: restrict environments to their branches, set reviewers for production and required checks",
            "GITHUB_REPOSITORY=acme/tap GITHUB_TOKEN=$(gh auth token) ./infra github protect --reviewer octocat")
        {
            reviewers,
        }.WithAction(async parsed =>
        {
            using var github = new GitHubApi(name => context.Variables[name]);
            return await new Protection(context, github)
                .ApplyAsync([.. new EnvironmentsCommand(context).All()], parsed.GetValue(reviewers) ?? []);
        });
        return new Verb("github", "Post comments and issues, configure protection", "./infra github comment --help",
            "./infra github issue --help", "./infra github protect --help")
        {
            comment, issue, protect,
        };
    }

    private static async Task<ExitCode> WithNoticesAsync(RunContext context, Func<Notices, Task<ExitCode>> action)
    {
        using var github = new GitHubApi(name => context.Variables[name]);
        return await action(new Notices(context, github));
    }

    private static async Task<string> TextAsync(string file) => File.Exists(file)
        ? await File.ReadAllTextAsync(file)
        : throw OperationException.BadInput($"{file} does not exist");
}
