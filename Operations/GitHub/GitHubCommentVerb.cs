using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.GitHub;

internal sealed class GitHubCommentVerb() : Verb(
    "comment",
    "Create or update the comment for a subject on a pull request",
    "./infra github comment plans/plan.md --pull 7 --subject \"Plan for dev\"")
{
    private readonly Argument<string> _file = new("FILE") { Description = "Markdown file with the text" };
    private readonly SubjectOption _subject = new();
    private readonly Option<int> _pull = new("--pull") { Description = "Number of the pull request", HelpName = "NUMBER", Required = true };

    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        using var github = new GitHubApi(name => invocation.Context.Variables[name]);
        return await new Notices(invocation.Context, github).CommentAsync(
            invocation.Value(_pull), invocation.Value(_subject), await Notices.ReadAsync(invocation.Value(_file)));
    }
}
