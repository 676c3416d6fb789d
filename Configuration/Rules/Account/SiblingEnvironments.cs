using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Account;

/// <summary>
/// Compares an environment with the others of its account. Names contain the environment, unless a file sets another pattern, or two
/// projects and environments join to the same text (a-b and c, a and b-c).
/// </summary>
internal static class SiblingEnvironments
{
    [Rule("account/sibling-environments", "Environments of one account do not create the same resource.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config, EnvironmentFolder folder)
    {
        if (config.Emulator)
            yield break;
        Names mine = DerivedDefaults.NamesOf(config);
        foreach (SiblingEnvironment other in folder.Others.Where(o => o.Config.Account != config.Account && !o.Config.Emulator))
            if (config.State.BucketOf(mine) == other.Config.State.BucketOf(DerivedDefaults.NamesOf(other.Config)))
                yield return new RuleViolation(
                    "state.bucket",
                    $"bucket {config.State.BucketOf(mine)} is that of {other.File} in account {other.Config.Account} too, and names of S3 "
                        + "buckets are unique in all accounts; put {account} or {env} into the pattern", "name", "project", "account");
        foreach (SiblingEnvironment other in folder.Others.Where(o => o.Config.Account == config.Account && !o.Config.Emulator))
        {
            Names theirs = DerivedDefaults.NamesOf(other.Config);
            string account = $"{other.File} of the same account";
            if ((config.Project, config.Name) == (other.Config.Project, other.Config.Name))
            {
                yield return new RuleViolation(
                    "name", $"{account} is called {config.Project} {config.Name} too; they would share their state", "project", "account");
                continue;
            }
            foreach (RuleViolation problem in OneAccount(config, other.Config, account).Concat(OneRecorder(config, other.Config, account)))
                yield return problem;
            foreach (RuleViolation problem in OneState(config, mine, other.Config, theirs, account)
                .Concat(OneName(config, mine, other.Config, theirs, account)))
                yield return problem;
            foreach (RuleViolation problem in other.SharesBootstrap(config)
                ? OneBootstrap(config, mine, other.Config, theirs, account)
                : [])
                yield return problem;
            if (config.Project != other.Config.Project
                && config.GitHub?.OidcProvider == OidcProviderSource.Create
                && other.Config.GitHub?.OidcProvider == OidcProviderSource.Create)
                yield return new RuleViolation(
                    "github",
                    $"GitHub's OIDC provider, of which an account has only one, is created by {account} too; write \"oidcProvider\": "
                        + "\"existing\"", "project", "account");
            if (config.Region == other.Config.Region
                && config.Backup?.ImageRegion is not null
                && other.Config.Backup?.ImageRegion is not null)
                yield return new RuleViolation(
                    "backup.imageRegion",
                    $"replication is one setting of the account's registry, and {account} and region sets it already; leave it out of "
                        + "one of them", "account", "region");
            if (mine.Prefix == theirs.Prefix && config.Region == other.Config.Region)
                yield return new RuleViolation(
                    "naming.prefix", $"names begin with {mine.Prefix} in {account} too; put {{env}} into the pattern", "name", "project",
                    "account", "region");
            if (Inner(config, mine.Prefix, theirs.Prefix) is { } own)
                yield return new RuleViolation(own, $"names of it begin with {theirs.Prefix}-, as those of {account} do; rename it", "name",
                    "project", "account", "naming.prefix");
            if (MakesCodeBucket(config) && MakesCodeBucket(other.Config) && mine.CodeBucket == theirs.CodeBucket)
                yield return new RuleViolation(
                    "naming.codeBucket", $"bucket {mine.CodeBucket} is created by {account} too; put {{env}} into the pattern", "name",
                    "project", "account", "layers", "naming.bucket");
            foreach (string layer in config.Layers.Keys.Select(mine.Layer).Intersect(other.Config.Layers.Keys.Select(theirs.Layer)).Take(1))
                if (config.Region == other.Config.Region)
                    yield return new RuleViolation(
                        "naming.layer", $"layer {layer} is published by {account} too; put {{env}} into the pattern", "name", "project",
                        "account", "region", "layers");
            foreach (
                string bucket in BucketsOf(config).Select(mine.Bucket).Intersect(BucketsOf(other.Config).Select(theirs.Bucket)).Take(1))
                yield return new RuleViolation(
                    "naming.bucket", $"bucket {bucket} is created by {account} too; put {{env}} into the pattern", "name", "project",
                    "account", "buckets", "sites");
            foreach (string repository
                in RepositoriesOf(config).Select(mine.Repository).Intersect(RepositoriesOf(other.Config).Select(theirs.Repository)).Take(1))
                if (config.Region == other.Config.Region)
                    yield return new RuleViolation(
                        "naming.repository", $"repository {repository} is created by {account} too; put {{env}} into the pattern", "name",
                        "project", "account", "region", "services", "repositories");
        }
    }

    private static bool MakesCodeBucket(EnvironmentConfig config) => config.Layers.Count > 0 && !config.Naming.ExistingCodeBucket;

    private static IEnumerable<RuleViolation> OneState(
        EnvironmentConfig config, Names mine, EnvironmentConfig other, Names theirs, string account)
    {
        if (config.State.BucketOf(mine) == other.State.BucketOf(theirs) && mine.StateKey("base") == theirs.StateKey("base"))
            yield return new RuleViolation(
                "state.key", $"{account} has its state under {mine.StateKey("base")} of the same bucket too; put {{env}} into the pattern",
                "name", "project", "account", "state.bucket");
    }

    // Names with patterns of their own; the others differ as long as the prefixes do.
    private static IEnumerable<RuleViolation> OneName(
        EnvironmentConfig config, Names mine, EnvironmentConfig other, Names theirs, string account)
    {
        if (mine.Prefix == theirs.Prefix)
            yield break;
        HashSet<(NameRule, string)> taken = [.. NamedResource.Of(other, theirs).Select(resource => (resource.Rule, resource.Name))];
        foreach (NamedResource resource in NamedResource.Of(config, mine).Where(resource => taken.Contains((resource.Rule, resource.Name)))
            .DistinctBy(resource => resource.Setting))
            yield return new RuleViolation(
                $"naming.{resource.Setting}",
                $"{resource.Rule.Kind} {resource.Name} is created by {account} too; put {{prefix}} or {{env}} into the pattern", "name",
                "project", "account", resource.Path);
    }

    // One bootstrap stack creates one state bucket and one lock table, in one Region, for all of its environments.
    private static IEnumerable<RuleViolation> OneBootstrap(
        EnvironmentConfig config, Names mine, EnvironmentConfig other, Names theirs, string account)
    {
        if (config.Region != other.Region)
            yield return new RuleViolation("region",
                $"{account} and project keeps their state in {other.Region}; use that region, or another account", "project", "account");
        if (config.State.BucketOf(mine) != other.State.BucketOf(theirs))
            yield return new RuleViolation(
                "state.bucket",
                $"{account} and project keeps their state in {other.State.BucketOf(theirs)}; use that bucket, or another account",
                "project", "account");
        if (config.State.LockTableOf(mine) != other.State.LockTableOf(theirs))
            yield return new RuleViolation(
                "state.lockTable",
                $"{account} and project locks their state in {other.State.LockTableOf(theirs)}; use that table, or another account",
                "project", "account");
        if (config.State.ReplicaRegion != other.State.ReplicaRegion)
            yield return new RuleViolation(
                "state.replicaRegion",
                $"{account} and project copies their state to {other.State.ReplicaRegion ?? "no other region"}; write the same, or use "
                    + "another account", "project", "account");
    }

    // An account has each of these only once: one project's bootstrap stack creates it, and all of its environments must have the same
    // value.
    private static IEnumerable<RuleViolation> OneAccount(EnvironmentConfig config, EnvironmentConfig other, string account)
    {
        foreach ((string setting, bool onlyOnce, Func<AccountSecurityConfig, string> value) in AccountSettings)
        {
            (string mine, string theirs) = (value(config.Security.Account), value(other.Security.Account));
            string path = $"security.account.{setting}";
            if (config.Project == other.Project && mine != theirs)
                yield return new RuleViolation(
                    path, $"{account} and project says {theirs}; both use one bootstrap stack, so write the same", "project", "account");
            else if (
                config.Project != other.Project && config.Region == other.Region && onlyOnce && mine == theirs && mine is not (Off or None))
                yield return new RuleViolation(
                    path, $"is created by {account} too, and a region of an account has only one; leave it off in one of them", "project",
                    "account", "region");
        }
    }

    private static IEnumerable<RuleViolation> OneRecorder(EnvironmentConfig config, EnvironmentConfig other, string account)
    {
        if (config.Project != other.Project
            && config.Region == other.Region
            && config.Security.Account.RecordsConfig
            && other.Security.Account.RecordsConfig)
            yield return new RuleViolation(
                "security.account.configRecorder",
                $"an AWS Config recorder is created by {account} too, and a region of an account has only one; write false in one of them",
                "project", "account", "region", "security.account.securityHub");
    }

    private const string Off = "false";
    private const string None = "[]";

    // A setting can be written twice; a resource cannot be created twice.
    private static readonly (string Setting, bool OnlyOnce, Func<AccountSecurityConfig, string> Value)[] AccountSettings =
    [
        ("publicAccessBlock", false, account => Text(account.PublicAccessBlock)),
        ("ebsEncryption", false, account => Text(account.EbsEncryption)),
        ("accessAnalyzer", true, account => Text(account.AccessAnalyzer)),
        ("snapshotPublicAccessBlock", false, account => Text(account.SnapshotPublicAccessBlock)),
        ("requireImdsV2", false, account => Text(account.RequireImdsV2)),
        // A second trail is allowed, but charged.
        ("cloudTrail", false, account => Text(account.CloudTrail)),
        ("configRecorder", false, account => account.ConfigRecorder is { } stated ? Text(stated) : "nothing"),
        ("guardDuty", true, account => Text(account.GuardDuty)),
        ("guardDutyRuntimeMonitoring", true, account => Text(account.GuardDutyRuntimeMonitoring)),
        ("securityHub", true, account => $"[{string.Join(", ", account.SecurityHub.Order(StringComparer.Ordinal))}]"),
    ];

    private static string Text(bool value) => value ? "true" : Off;

    /// <summary>
    /// The section or resource whose name makes an environment's names look like another environment's: api-v2 of dev, next to an
    /// environment dev-api.
    /// </summary>
    private static string? Inner(EnvironmentConfig config, string prefix, string otherPrefix)
    {
        if (!otherPrefix.StartsWith($"{prefix}-", StringComparison.Ordinal))
            return null;
        string rest = $"{otherPrefix[(prefix.Length + 1)..]}-";
        return Application.Of(config).Select(application => application.Path)
            .Concat(config.Tables.Keys.Select(name => ConfigPath.Join("tables", name)))
            .Concat(config.Queues.Keys.Select(name => ConfigPath.Join("queues", name)))
            .Concat(config.Databases.Keys.Select(name => ConfigPath.Join("databases", name)))
            .Concat(config.Sites.Keys.Select(name => ConfigPath.Join("sites", name)))
            .FirstOrDefault(path => path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..].StartsWith(rest, StringComparison.Ordinal));
    }

    // Every environment has a bucket for access logs, in addition to those in its file.
    private static IEnumerable<string> BucketsOf(EnvironmentConfig config) =>
        config.Buckets.Keys.Concat(config.Sites.Keys).Append("access-logs");

    private static IEnumerable<string> RepositoriesOf(EnvironmentConfig config) =>
        config.Repositories.Keys.Concat(Application.Of(config).Select(application => application.Repository)).Distinct();
}
