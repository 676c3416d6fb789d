using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.GitHub;

internal sealed class GitHubProtectVerb() : Verb(
    "protect",
    "Once, with an administrator's token: restrict environments to their branches, set reviewers for production and required checks",
    "GITHUB_REPOSITORY=acme/tap GITHUB_TOKEN=$(gh auth token) ./infra github protect --reviewer octocat")
{
    private readonly Option<string[]> _reviewers = new("--reviewer")
    {
        Description = "GitHub user who approves deployments to production; can be repeated",
        HelpName = "USER",
    };

    private readonly Option<string[]> _checks = new("--check")
    {
        Description = $"Check that a pull request needs; can be repeated. Default: {string.Join(" and ", Protection.RequiredChecks)}",
        HelpName = "NAME",
    };

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        using var github = new GitHubApi(name => invocation.Context.Variables[name]);
        return await new Protection(invocation.Context, github)
            .ApplyAsync([.. new EnvironmentsCommand(invocation.Context).All()], invocation.Value(_reviewers), invocation.Value(_checks));
    }
}
