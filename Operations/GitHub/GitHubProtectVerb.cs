using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.GitHub;

internal sealed class GitHubProtectVerb() : Verb(
    "protect",
    "Once, with an administrator's token: restrict environments to their branches, set reviewers, approvals and required checks",
    "GITHUB_REPOSITORY=acme/tap GITHUB_TOKEN=$(gh auth token) ./infra github protect --reviewer octocat",
    "GITHUB_REPOSITORY=acme/shop GITHUB_TOKEN=$(gh auth token) ./infra github protect --reviewer octocat --check test   an application's")
{
    private readonly Option<string[]> _reviewers = new("--reviewer")
    {
        Description = "GitHub user who approves deployments to production; can be repeated",
        HelpName = "USER",
    };

    private readonly Option<string[]> _checks = new("--check")
    {
        Description = $"Check that a pull request needs; can be repeated. Default: {string.Join(" and ", Protection.RequiredChecks)}; "
            + "in an application's repository none",
        HelpName = "NAME",
    };

    private readonly Option<int> _approvals = new("--approvals")
    {
        Description = "Approvals that a pull request needs, 0 to 6",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _allowSelfReview = new("--allow-self-review")
    {
        Description = "Let reviewers approve deployments that they have started",
    };

    private readonly Option<bool> _skipReviewers = new("--skip-reviewers")
    {
        Description = "No reviewers of production, where the GitHub plan has none: the pull request's approval is the only one",
    };

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        int approvals = invocation.Value(_approvals);
        if (approvals is < 0 or > 6)
            throw OperationException.BadInput($"--approvals {approvals} is not a number from 0 to 6");
        using var github = new GitHubApi(name => invocation.Context.Variables[name]);
        return await new Protection(invocation.Context, github).ApplyAsync(
            [.. new EnvironmentsCommand(invocation.Context).All()],
            new ProtectionSettings
            {
                Reviewers = invocation.Value(_reviewers),
                Checks = invocation.Value(_checks),
                Approvals = approvals,
                AllowSelfReview = invocation.Value(_allowSelfReview),
                SkipReviewers = invocation.Value(_skipReviewers),
            });
    }
}
