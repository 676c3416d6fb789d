using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class GitHubIds
{
    [Rule("delivery/github-ids", "The file has both ids of the token's subject or none.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.GitHub is not { } github || (github.OwnerId is null) == (github.RepositoryId is null))
            yield break;
        (string given, string absent) = github.OwnerId is null ? ("repositoryId", "ownerId") : ("ownerId", "repositoryId");
        yield return new RuleViolation(
            $"github.{given}", $"needs github.{absent} too: the token contains both ids or none", $"github.{absent}");
    }
}
