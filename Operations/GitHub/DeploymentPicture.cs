using System.Text;
using Infra.Configuration;
using Infra.Configuration.Model;

namespace Infra.Operations.GitHub;

/// <summary>A picture of the deployments as Mermaid: branch, GitHub environment, account, and what is delivered there.</summary>
internal static class DeploymentPicture
{
    /// <param name="environments">Environments with a GitHub repository.</param>
    public static string Of(IReadOnlyList<LoadedEnvironment> environments)
    {
        var picture = new StringBuilder("flowchart LR\n");
        foreach (LoadedEnvironment environment in environments)
        {
            EnvironmentConfig config = environment.Config;
            GitHubConfig github = config.GitHub!;
            string id = config.Name.Replace('-', '_');
            picture.Append(
                $"  {id}_branch([\"branch {github.Branch}\"]) --> "
                + $"{id}_environment[\"GitHub environment {github.EnvironmentOf(environment.Names)}\"]\n"
                + $"  {id}_environment -->|OIDC| {id}_account[\"account {config.Account}<br/>{config.Region}\"]\n");
            foreach ((int index, string delivered) in Delivered(environment).Index())
                picture.Append($"  {id}_account --> {id}_{index + 1}[\"{delivered}\"]\n");
        }

        return picture.ToString().TrimEnd('\n');
    }

    private static IEnumerable<string> Delivered(LoadedEnvironment environment) =>
    [
        .. environment.Config.Layers.Keys.Select(layer => $"layer {environment.Names.Layer(layer)}"),
        .. environment.Config.Services.Keys.Select(service => $"service {environment.Names.Service(service)}"),
        .. environment.Config.Sites.Keys.Select(site => $"site {site}"),
    ];
}
