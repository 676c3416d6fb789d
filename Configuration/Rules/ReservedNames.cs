using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Naming;

namespace Infra.Configuration.Rules;

/// <summary>Names that the stacks give to what they make themselves.</summary>
internal static class ReservedNames
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach (string name in config.Secrets.Keys)
            if (WrittenByPlatform.SectionOfSecret(config, name) is { } section)
                yield return new RuleViolation(ConfigPath.Join("secrets", name), $"is written by {section} and is not listed; services may name it as it is");

        foreach ((string section, string name) in config.Parameters.Keys.Select(p => ("parameters", p)).Concat(config.SecureParameters.Keys.Select(p => ("secureParameters", p))))
            if (WrittenByPlatform.ParameterFolders.FirstOrDefault(f => name.StartsWith(f, StringComparison.Ordinal)) is { } folder)
                yield return new RuleViolation(ConfigPath.Join(section, name), $"parameters below {folder} are written by the stacks; take another name");

        foreach ((string section, string name) in config.Buckets.Keys.Select(b => ("buckets", b)).Concat(config.Sites.Keys.Select(s => ("sites", s))))
            if (name == "logs" || name.EndsWith("-logs", StringComparison.Ordinal))
                yield return new RuleViolation(ConfigPath.Join(section, name), "names that end in logs are those of access-log buckets; take another name");

        foreach (string name in config.SecureParameters.Keys.Where(config.Parameters.ContainsKey))
            yield return new RuleViolation(ConfigPath.Join("secureParameters", name), $"is {ConfigPath.Join("parameters", name)} too; leave one out");

        foreach (string name in config.SecureParameters.Keys.Where(config.Secrets.ContainsKey))
            yield return new RuleViolation(ConfigPath.Join("secureParameters", name), $"is {ConfigPath.Join("secrets", name)} too, and who gives it a value names it by this name alone; rename one");

        foreach ((string section, string name) in config.Buckets.Keys.Select(b => ("buckets", b)).Concat(config.Sites.Keys.Select(s => ("sites", s))))
            if (name == Names.DeploymentsPurpose)
                yield return new RuleViolation(ConfigPath.Join(section, name), "is the name of the bucket in which a schedule keeps what was deployed; take another name");

        // A site's name is the purpose of its bucket.
        foreach (string name in config.Sites.Keys.Where(config.Buckets.ContainsKey))
            yield return new RuleViolation(ConfigPath.Join("sites", name), $"has a bucket of its own name, which {ConfigPath.Join("buckets", name)} takes; rename one");
    }
}
