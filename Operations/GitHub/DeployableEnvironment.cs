using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Naming;
using Newtonsoft.Json;

namespace Infra.Operations.GitHub;

/// <summary>An environment as workflows need to know it: where it is, who may work on it, and on which branch.</summary>
/// <param name="Environment">What <c>--env</c> takes.</param>
/// <param name="Project">Project.</param>
/// <param name="Account">AWS account.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Production">Whether people depend on it.</param>
/// <param name="Branch">Branch that deploys it.</param>
/// <param name="GitHubEnvironment">GitHub environment that deploying jobs name.</param>
/// <param name="PlanRole">ARN of the role that plans.</param>
/// <param name="ApplyRole">ARN of the role that applies.</param>
/// <param name="ReleaseRole">ARN of the role that releases services.</param>
/// <param name="DeliveryRole">ARN of the role that uploads sites and publishes layers.</param>
/// <param name="PushRole">ARN of the role that pushes images.</param>
/// <param name="Repositories">ECR repository of each app, as images are named.</param>
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
    /// <summary>The environment as workflows see it; none where the file names no repository, or lives on the emulator.</summary>
    public static DeployableEnvironment? Of(string chosen, LoadedEnvironment environment)
    {
        EnvironmentConfig config = environment.Config;
        if (config.GitHub is not { } github || config.Emulator)
            return null;
        var roles = new GitHubRoles(environment.Names);
        return new DeployableEnvironment(
            chosen, config.Project, config.Account, config.Region, config.Production, github.Branch, github.EnvironmentOf(environment.Names),
            roles.PlanArn, roles.ApplyArn, roles.ReleaseArn, roles.DeliverArn, roles.PushArn,
            config.Repositories.Keys.ToDictionary(app => app, app => $"{config.Account}.dkr.ecr.{config.Region}.amazonaws.com/{environment.Names.Repository(app)}"));
    }
}
