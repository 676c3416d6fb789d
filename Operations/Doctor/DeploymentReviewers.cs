using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;
using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor;

/// <summary>GitHub asks a reviewer before it deploys.</summary>
internal sealed class DeploymentReviewers() : GitHubCheck("reviewers", "The GitHub environment has required reviewers")
{
    private const string Token = "GITHUB_TOKEN";

    public override async Task<CheckResult> CheckAsync(
        EnvironmentConfig config, EnvironmentVariables variables, CancellationToken cancellation)
    {
        if (config.GitHub is not { } settings)
            return CheckResult.NotApplicable("no section github");
        if (string.IsNullOrEmpty(variables[Token]))
            return CheckResult.NotChecked($"{Token} is not set");
        string environment = settings.Environment ?? config.Name;
        using var github = new GitHubApi(name => variables[name], settings.Repository);
        try
        {
            JToken answer = await github.SendAsync(
                HttpMethod.Get, $"environments/{Uri.EscapeDataString(environment)}", body: null, cancellation);
            int reviewers = (answer["protection_rules"] as JArray ?? [])
                .Where(rule => (string?)rule["type"] == "required_reviewers").Sum(rule => rule["reviewers"]?.Count() ?? 0);
            return reviewers > 0
                ? CheckResult.Met($"{environment}: {reviewers}")
                : CheckResult.NotMet($"environment {environment} has no required reviewers", "./infra github protect --reviewer USER");
        }
        catch (OperationException e)
        {
            return CheckResult.NotChecked(e.Message);
        }
    }
}
