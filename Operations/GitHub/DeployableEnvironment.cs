using System.Text.RegularExpressions;
using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Naming;
using Newtonsoft.Json;

namespace Infra.Operations.GitHub;

/// <summary>An environment for workflows: account and region, roles, branch.</summary>
/// <param name="Environment">Value of <c>--env</c>.</param>
/// <param name="Project">Project.</param>
/// <param name="Account">AWS account.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Production">Whether it is a production environment.</param>
/// <param name="Branch">Branch that deploys it.</param>
/// <param name="GitHubEnvironment">GitHub environment of deploying jobs.</param>
/// <param name="PlanRole">ARN of the role that plans.</param>
/// <param name="ApplyRole">ARN of the role that applies.</param>
/// <param name="ReleaseRole">ARN of the role that releases services; empty if there are none.</param>
/// <param name="DeliveryRole">ARN of the role that uploads sites and publishes layers.</param>
/// <param name="PushRole">ARN of the role that pushes images.</param>
/// <param name="VerifyRole">ARN of the role that verifies what applications depend on.</param>
/// <param name="Repositories">ECR repository URL of each app.</param>
internal sealed partial record DeployableEnvironment(
    string Environment,
    string Project,
    string Account,
    string Region,
    bool Production,
    string Branch,
    [property: JsonProperty("githubEnvironment")] string GitHubEnvironment,
    string PlanRole,
    string ApplyRole,
    string ReleaseRole,
    string DeliveryRole,
    string PushRole,
    string VerifyRole,
    IReadOnlyDictionary<string, string> Repositories)
{
    /// <summary>Repository of the infrastructure: owner/name.</summary>
    [JsonIgnore]
    public string Repository { get; init; } = "";

    /// <summary>Repositories of applications that are delivered to it, without ids.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Applications { get; init; } = [];

    /// <summary>Secrets of the repository that its deployment needs.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Whether it is deployed from this repository. GitHub's names are case insensitive.</summary>
    public bool IsOf(string repository) => Repository.Equals(repository, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether applications of this repository are delivered to it.</summary>
    public bool TakesApplication(string repository) => Applications.Contains(repository, StringComparer.OrdinalIgnoreCase);

    /// <summary>The environment for workflows; null if the file names no GitHub repository, or it uses the emulator.</summary>
    public static DeployableEnvironment? Of(string chosen, LoadedEnvironment environment)
    {
        EnvironmentConfig config = environment.Config;
        if (config.GitHub is not { } github || config.Emulator)
            return null;
        var roles = new GitHubRoles(environment.Names);
        return new DeployableEnvironment(
            chosen, config.Project, config.Account, config.Region, config.Production, github.Branch,
            github.EnvironmentOf(environment.Names),
            roles.PlanArn, roles.ApplyArn, config.Services.Count > 0 ? roles.ReleaseArn : "", roles.DeliverArn, roles.PushArn,
            roles.VerifyArn,
            config.Repositories.Keys.ToDictionary(
                app => app, app => $"{config.Account}.dkr.ecr.{config.Region}.amazonaws.com/{environment.Names.Repository(app)}"))
        {
            Repository = github.Repository,
            Secrets = config.Identity is { Google: true } ? ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"] : [],
            Applications = [.. github.Applications.Select(application => Ids().Replace(application, ""))],
        };
    }

    // acme@1/app@2: the subject of tokens of newer repositories has ids.
    [GeneratedRegex("@[0-9]+")]
    private static partial Regex Ids();
}
