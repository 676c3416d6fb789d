using System.CommandLine;
using Infra.Operations.Doctor.Repositories;
using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Doctor;

internal sealed class DoctorGitHubVerb() : Verb(
    "github",
    "Compare a repository's settings in GitHub with what they should be; only reads; exit code 1 if one differs",
    "GITHUB_TOKEN=$(gh auth token) ./infra doctor github --repository acme/tap --reviewer octocat",
    "GITHUB_TOKEN=$(gh auth token) ./infra doctor github --repository acme/shop --check test   an application's")
{
    private readonly Option<string?> _repository = ProtectionOptions.Repository;
    private readonly Option<string[]> _reviewers = ProtectionOptions.Reviewers;
    private readonly Option<string[]> _checks = ProtectionOptions.Checks;
    private readonly Option<int> _approvals = ProtectionOptions.Approvals;
    private readonly Option<bool> _allowSelfReview = ProtectionOptions.AllowSelfReview;
    private readonly Option<bool> _skipReviewers = ProtectionOptions.SkipReviewers;

    private readonly Option<string[]> _secrets = new("--secret")
    {
        Description = "Secret that the workflows of an application's repository pass; can be repeated. "
            + $"Default: {SecretChecks.InfraToken}, if the infrastructure's repository is private",
        HelpName = "NAME",
    };

    private readonly JsonOption _json = new();

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        ProtectionSettings settings = ProtectionOptions.Read(invocation);
        using var github = new GitHubApi(name => invocation.Context.Variables[name], invocation.Value(_repository));
        return await new RepositoryDoctor(invocation.ContextOf(_json), github).RunAsync(
            [.. new EnvironmentsCommand(invocation.Context).All()], settings, invocation.Value(_secrets));
    }
}
