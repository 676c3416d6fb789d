using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>The token's subject contains both ids or none.</summary>
internal static class GitHubIds
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.GitHub is not { } github || (github.OwnerId is null) == (github.RepositoryId is null))
            yield break;
        (string given, string absent) = github.OwnerId is null ? ("repositoryId", "ownerId") : ("ownerId", "repositoryId");
        yield return new RuleViolation(
            $"github.{given}", $"needs github.{absent} too: the token contains both ids or none", $"github.{absent}");
    }
}
