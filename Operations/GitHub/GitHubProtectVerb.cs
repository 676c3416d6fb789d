using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.GitHub;

internal sealed class GitHubProtectVerb() : Verb(
    "protect",
    "Once, with an administrator's token: restrict environments to their branches, set reviewers, approvals and required checks",
    "GITHUB_TOKEN=$(gh auth token) ./infra github protect --repository acme/tap --reviewer octocat",
    "GITHUB_TOKEN=$(gh auth token) ./infra github protect --repository acme/shop --reviewer octocat --check test   an application's")
{
    private readonly Option<string?> _repository = ProtectionOptions.Repository;
    private readonly Option<string[]> _reviewers = ProtectionOptions.Reviewers;
    private readonly Option<string[]> _checks = ProtectionOptions.Checks;
    private readonly Option<int> _approvals = ProtectionOptions.Approvals;
    private readonly Option<bool> _allowSelfReview = ProtectionOptions.AllowSelfReview;
    private readonly Option<bool> _skipReviewers = ProtectionOptions.SkipReviewers;

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        ProtectionSettings settings = ProtectionOptions.Read(invocation);
        using var github = new GitHubApi(name => invocation.Context.Variables[name], invocation.Value(_repository));
        return await new Protection(invocation.Context, github).ApplyAsync(
            [.. new EnvironmentsCommand(invocation.Context).All()], settings);
    }
}
