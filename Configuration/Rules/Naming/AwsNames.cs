using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Naming;

internal static class AwsNames
{
    [Rule("naming/aws-limits", "Every name that will be created is within AWS's limits.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        // An invalid pattern makes every name invalid; it is reported once, at the pattern.
        if (NamingPatterns.Check(config).Concat(StatePatterns.Check(config)).Any())
            yield break;
        Names names = DerivedDefaults.NamesOf(config);
        // Names of all kinds have the same prefix: if the prefix is invalid, it is reported once.
        bool prefixIsWrong = false;
        foreach (NameRule rule in new[] { NameRule.LoadBalancer, NameRule.Database, NameRule.UserPool })
        {
            string name = names.For(rule, "x");
            if (rule.Allows(name) || prefixIsWrong)
                continue;
            prefixIsWrong = true;
            yield return Wrong("project", rule, name);
        }

        foreach ((string path, NameRule rule, string name) in Planned(config, names))
            if (!rule.Allows(name)
                && !(prefixIsWrong && name.StartsWith(names.Prefix, StringComparison.Ordinal) && name.Length <= rule.MaxLength))
                yield return Wrong(path, rule, name);
    }

    private static IEnumerable<(string Path, NameRule Rule, string Name)> Planned(EnvironmentConfig config, Names names)
    {
        yield return ("state.bucket", NameRule.Bucket, config.State.BucketOf(names));
        if (config.State.ReplicaRegion is not null)
            yield return ("state.replicaRegion", NameRule.Bucket, Names.Replica(config.State.BucketOf(names)));
        yield return ("state.lockTable", NameRule.Table, config.State.LockTableOf(names));
        HashSet<string> set =
            [.. KindPatterns.Of(config.Naming).Where(kind => kind.Pattern is not null).Select(kind => kind.Key)];
        foreach (NamedResource resource in NamedResource.Of(config, names))
            yield return (set.Contains(resource.Setting) ? $"naming.{resource.Setting}" : resource.Path, resource.Rule, resource.Name);
        foreach (string name in config.Buckets.Keys)
            yield return (ConfigPath.Join("buckets", name), NameRule.Bucket, names.Bucket(name));
        foreach (string name in config.Sites.Keys)
            yield return (ConfigPath.Join("sites", name), NameRule.Bucket, names.Bucket(name));
        foreach (string name in config.Repositories.Keys)
            yield return (ConfigPath.Join("repositories", name), NameRule.Repository, names.Repository(name));
        foreach (Application application in Application.Of(config))
        {
            if (!config.Repositories.ContainsKey(application.Repository))
                yield return (application.Path, NameRule.Repository, names.Repository(application.Repository));
            yield return (application.Path, NameRule.Parameter, names.Release(application.Name));
            if (application.IsAgent)
                yield return (application.Path, NameRule.AgentRuntime, names.For(NameRule.AgentRuntime, application.Name));
        }
        if (config.Layers.Count > 0)
            yield return ("naming.codeBucket", NameRule.Bucket, names.CodeBucket);
        foreach (string name in config.Layers.Keys)
            yield return (ConfigPath.Join("layers", name), NameRule.Layer, names.Layer(name));
        foreach (string name in config.Parameters.Keys)
            yield return (ConfigPath.Join("parameters", name), NameRule.Parameter, names.Parameter(name));
        foreach (string name in config.SecureParameters.Keys)
            yield return (ConfigPath.Join("secureParameters", name), NameRule.Parameter, names.Parameter(name));
        foreach (string name in config.Secrets.Keys)
            yield return (ConfigPath.Join("secrets", name), NameRule.Secret, names.Secret(name));
        if (config.Backup is not null)
            yield return ("backup", NameRule.BackupVault, names.For(NameRule.BackupVault, ""));
        if (config.Schedule is not null)
            yield return ("schedule", NameRule.Bucket, names.Bucket(Names.DeploymentsPurpose));
        if (config.Identity is { } identity)
            yield return ("identity.domainPrefix", NameRule.CognitoDomain, identity.DomainPrefix ?? DerivedDefaults.DomainPrefix(names));
    }

    private static RuleViolation Wrong(string path, NameRule rule, string name)
    {
        string what = name.Length > rule.MaxLength
            ? $"has {name.Length} characters, {name.Length - rule.MaxLength} more than the {rule.MaxLength} that AWS allows"
            : $"is not what AWS allows: {rule.Allowed}";
        return new RuleViolation(
            path, $"the {rule.Kind} would be called {Scalars.Show(name)}, which {what}", "name", "project", "account", "naming");
    }
}
