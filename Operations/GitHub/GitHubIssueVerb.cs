using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.GitHub;

internal sealed class GitHubIssueVerb() : Verb(
    "issue",
    "Create, update or close the open issue for a subject",
    "./infra github issue drift/base.md --subject \"Drift in dev base\"",
    "./infra github issue --close --subject \"Drift in dev base\"")
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "Markdown file with the text; none with --close",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly SubjectOption _subject = new();

    private readonly Option<string> _label = new("--label")
    {
        Description = "Label of the issues",
        HelpName = "NAME",
        DefaultValueFactory = _ => "infra",
    };

    private readonly Option<bool> _close = new("--close") { Description = "Close the open issue of the subject, if there is one" };

    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        using var github = new GitHubApi(name => invocation.Context.Variables[name]);
        var notices = new Notices(invocation.Context, github);
        string subject = invocation.Value(_subject);
        string label = invocation.Value(_label);
        if (invocation.Value(_close))
            return await notices.CloseIssueAsync(subject, label);
        string file = invocation.Value(_file)
            ?? throw OperationException.BadInput("an issue needs a text", "pass a Markdown file, or --close");
        return await notices.OpenIssueAsync(subject, label, await Notices.ReadAsync(file));
    }
}
