using System.CommandLine;
using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>What only workflows ask for: <c>environments</c>, and <c>github comment|issue</c>.</summary>
internal static class GitHubVerbs
{
    private const string DefaultLabel = "infra";

    public static Verb Environments(RunContext context)
    {
        var branch = new Option<string?>("--branch") { Description = "Only environments that this branch deploys", HelpName = "BRANCH" };
        var json = new Option<bool>("--json") { Description = "As JSON on one line, for a workflow's matrix" };
        var outputs = new Option<bool>("--outputs") { Description = "One environment as name=value, for a step's outputs" };
        var verb = new Verb(
            "environments",
            "Environments that workflows deploy, in the order in which a change goes through them: accounts, branches, roles",
            "./infra environments                             all of them",
            "./infra environments --branch main --json        the matrix of a push to main")
        {
            branch, json, outputs,
        };
        return verb.Does(parsed => Task.FromResult(new EnvironmentsCommand(context)
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
        var subject = new Option<string>("--subject") { Description = "What it is about; a second text on the same subject takes the place of the first", HelpName = "TEXT", Required = true };
        var pull = new Option<int>("--pull") { Description = "Number of the pull request", HelpName = "NUMBER", Required = true };
        Verb comment = new Verb(
            "comment",
            "One comment for each subject on a pull request, updated in place",
            "./infra github comment plans/base.md --pull 7 --subject \"Plan for dev\"")
        {
            file, subject, pull,
        }.Does(parsed => WithNoticesAsync(context, async notices =>
            await notices.CommentAsync(parsed.GetValue(pull), parsed.GetValue(subject)!, await TextAsync(parsed.GetValue(file)!))));

        var optionalFile = new Argument<string?>("FILE") { Description = "Markdown file with the text; none with --close", Arity = ArgumentArity.ZeroOrOne };
        var label = new Option<string>("--label") { Description = "Label of the issues", HelpName = "NAME", DefaultValueFactory = _ => DefaultLabel };
        var close = new Option<bool>("--close") { Description = "Close the open issue of the subject, if there is one" };
        Verb issue = new Verb(
            "issue",
            "One open issue for each subject, updated in place, closed with --close",
            "./infra github issue drift/base.md --subject \"Drift in dev base\"",
            "./infra github issue --close --subject \"Drift in dev base\"")
        {
            optionalFile, subject, label, close,
        }.Does(parsed => WithNoticesAsync(context, async notices => (parsed.GetValue(close), parsed.GetValue(optionalFile)) switch
        {
            (true, _) => await notices.CloseIssueAsync(parsed.GetValue(subject)!, parsed.GetValue(label)!),
            (false, { } text) => await notices.OpenIssueAsync(parsed.GetValue(subject)!, parsed.GetValue(label)!, await TextAsync(text)),
            _ => throw OperationException.BadInput("an issue needs a text", "name a Markdown file, or --close"),
        }));
        var reviewers = new Option<string[]>("--reviewer") { Description = "GitHub user who approves production; more than one time, if there are more", HelpName = "USER" };
        Verb protect = new Verb(
            "protect",
            "Once, with an administrator's token: environments for deploying branches alone, reviewers for production, required checks",
            "GITHUB_REPOSITORY=acme/tap GITHUB_TOKEN=$(gh auth token) ./infra github protect --reviewer octocat")
        {
            reviewers,
        }.Does(async parsed =>
        {
            using var github = new GitHubApi(Environment.GetEnvironmentVariable);
            return await new Protection(context, github).ApplyAsync([.. new EnvironmentsCommand(context).All()], parsed.GetValue(reviewers) ?? []);
        });
        return new Verb("github", "What GitHub is told: comments on pull requests, issues, protection", "./infra github comment --help", "./infra github issue --help", "./infra github protect --help")
        {
            comment, issue, protect,
        };
    }

    private static async Task<ExitCode> WithNoticesAsync(RunContext context, Func<Notices, Task<ExitCode>> action)
    {
        using var github = new GitHubApi(Environment.GetEnvironmentVariable);
        return await action(new Notices(context, github));
    }

    private static async Task<string> TextAsync(string file) => File.Exists(file)
        ? await File.ReadAllTextAsync(file)
        : throw OperationException.BadInput($"{file} does not exist");
}
