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
/// <param name="Repositories">ECR repository URL of each app.</param>
internal sealed record DeployableEnvironment(
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
    IReadOnlyDictionary<string, string> Repositories)
{
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
            config.Repositories.Keys.ToDictionary(
                app => app, app => $"{config.Account}.dkr.ecr.{config.Region}.amazonaws.com/{environment.Names.Repository(app)}"));
    }
}
