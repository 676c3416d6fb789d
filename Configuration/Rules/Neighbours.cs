using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Naming;

namespace Infra.Configuration.Rules;

/// <summary>Another environment file of the same folder.</summary>
internal sealed record Neighbour(string File, EnvironmentConfig Config);

/// <summary>
/// Environments of one account do not make the same thing. Names hold the environment unless a file sets another pattern, or two
/// projects and environments join to the same text (a-b and c, a and b-c).
/// </summary>
internal static class Neighbours
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config, IEnumerable<Neighbour> others)
    {
        if (config.Emulator)
            yield break;
        foreach (Neighbour other in others.Where(o => o.Config.Account == config.Account && !o.Config.Emulator))
        {
            Names mine = DerivedDefaults.NamesOf(config);
            Names theirs = DerivedDefaults.NamesOf(other.Config);
            string account = $"{other.File} of the same account";
            if ((config.Project, config.Name) == (other.Config.Project, other.Config.Name))
            {
                yield return new Problem("name", $"{account} is called {config.Project} {config.Name} too; they would share their state", "project", "account");
                continue;
            }
            foreach (Problem problem in ShareBootstrap(config, other.Config) ? OneBootstrap(config, mine, other.Config, theirs, account) : [])
                yield return problem;
            if (config.Project != other.Config.Project && config.GitHub?.OidcProvider == "create" && other.Config.GitHub?.OidcProvider == "create")
                yield return new Problem("github", $"GitHub's OIDC provider, of which an account has one, is made by {account} too; write \"oidcProvider\": \"existing\"", "project", "account");
            if (mine.Prefix == theirs.Prefix && config.Region == other.Config.Region)
                yield return new Problem("naming.prefix", $"names begin with {mine.Prefix} in {account} too; put {{env}} into the pattern", "name", "project", "account", "region");
            if (Inner(config, mine.Prefix, theirs.Prefix) is { } own)
                yield return new Problem(own, $"names of it begin with {theirs.Prefix}-, as those of {account} do; rename it", "name", "project", "account", "naming.prefix");
            foreach (string bucket in BucketsOf(config).Select(mine.Bucket).Intersect(BucketsOf(other.Config).Select(theirs.Bucket)).Take(1))
                yield return new Problem("naming.bucket", $"bucket {bucket} is made by {account} too; put {{env}} into the pattern", "name", "project", "account", "buckets", "sites");
            foreach (string repository in RepositoriesOf(config).Select(mine.Repository).Intersect(RepositoriesOf(other.Config).Select(theirs.Repository)).Take(1))
                if (config.Region == other.Config.Region)
                    yield return new Problem("naming.repository", $"repository {repository} is made by {account} too; put {{env}} into the pattern", "name", "project", "account", "region", "services", "repositories");
        }
    }

    /// <summary>Whether two environments stand on one bootstrap stack: the same project in the same account.</summary>
    public static bool ShareBootstrap(EnvironmentConfig config, EnvironmentConfig other) =>
        (config.Project, config.Account, config.Emulator) == (other.Project, other.Account, other.Emulator);

    // One bootstrap stack makes one state bucket and one lock table, in one region, for all of its environments.
    private static IEnumerable<Problem> OneBootstrap(EnvironmentConfig config, Names mine, EnvironmentConfig other, Names theirs, string account)
    {
        if (config.Region != other.Region)
            yield return new Problem("region", $"{account} and project keeps their state in {other.Region}; take that region, or another account", "project", "account");
        if (config.State.BucketOf(mine) != other.State.BucketOf(theirs))
            yield return new Problem("state.bucket", $"{account} and project keeps their state in {other.State.BucketOf(theirs)}; take that bucket, or another account", "project", "account");
        if (config.State.LockTableOf(mine) != other.State.LockTableOf(theirs))
            yield return new Problem("state.lockTable", $"{account} and project locks their state in {other.State.LockTableOf(theirs)}; take that table, or another account", "project", "account");
    }

    /// <summary>What one environment calls so that its names look like another's: api-v2 of dev, beside an environment dev-api.</summary>
    private static string? Inner(EnvironmentConfig config, string prefix, string otherPrefix)
    {
        if (!otherPrefix.StartsWith($"{prefix}-", StringComparison.Ordinal))
            return null;
        string rest = $"{otherPrefix[(prefix.Length + 1)..]}-";
        return config.Services.Keys.Select(name => ConfigPath.Join("services", name))
            .Concat(config.Tables.Keys.Select(name => ConfigPath.Join("tables", name)))
            .Concat(config.Sites.Keys.Select(name => ConfigPath.Join("sites", name)))
            .FirstOrDefault(path => path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..].StartsWith(rest, StringComparison.Ordinal));
    }

    private static IEnumerable<string> BucketsOf(EnvironmentConfig config) => config.Buckets.Keys.Concat(config.Sites.Keys);

    private static IEnumerable<string> RepositoriesOf(EnvironmentConfig config) =>
        config.Repositories.Keys.Concat(config.Services.Select(s => DerivedDefaults.RepositoryOf(s.Key, s.Value))).Distinct();
}
