using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Naming;

internal static class ReservedNames
{
    [Rule("naming/reserved", "No name is one that the stacks use for their own resources.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach (string name in config.Secrets.Keys)
            if (WrittenByPlatform.SectionOfSecret(config, name) is { } section)
                yield return new RuleViolation(ConfigPath.Join("secrets", name),
                    $"is written by {section} and must not be listed; services can refer to it by this name");

        foreach ((string section, string name) in config.Parameters.Keys.Select(p => ("parameters", p))
            .Concat(config.SecureParameters.Keys.Select(p => ("secureParameters", p))))
            if (WrittenByPlatform.ParameterFolders.FirstOrDefault(f => name.StartsWith(f, StringComparison.Ordinal)) is { } folder)
                yield return new RuleViolation(
                    ConfigPath.Join(section, name), $"parameters below {folder} are written by the stacks; use another name");

        foreach ((string section, string name)
            in config.Buckets.Keys.Select(b => ("buckets", b)).Concat(config.Sites.Keys.Select(s => ("sites", s))))
            if (name == "logs" || name.EndsWith("-logs", StringComparison.Ordinal))
                yield return new RuleViolation(
                    ConfigPath.Join(section, name), "names that end in logs are those of access-log buckets; use another name");

        foreach (string name in config.SecureParameters.Keys.Where(config.Parameters.ContainsKey))
            yield return new RuleViolation(
                ConfigPath.Join("secureParameters", name), $"is {ConfigPath.Join("parameters", name)} too; leave one out");

        foreach (string name in config.SecureParameters.Keys.Where(config.Secrets.ContainsKey))
            yield return new RuleViolation(ConfigPath.Join("secureParameters", name),
                $"is {ConfigPath.Join("secrets", name)} too, and values are set only by this name; rename one");

        foreach ((string section, string name)
            in config.Buckets.Keys.Select(b => ("buckets", b)).Concat(config.Sites.Keys.Select(s => ("sites", s))))
            if (name == Names.DeploymentsPurpose)
                yield return new RuleViolation(
                    ConfigPath.Join(section, name), "is the name of the bucket in which a schedule stores deployments; use another name");

        foreach (string name in config.Queues.Keys)
            if (name == Names.MissedTurnsPurpose)
                yield return new RuleViolation(ConfigPath.Join("queues", name), "is the name of a queue of the schedule; use another name");
            else if (name.EndsWith(Names.DeadLetterSuffix, StringComparison.Ordinal))
                yield return new RuleViolation(ConfigPath.Join("queues", name),
                    $"names that end in {Names.DeadLetterSuffix} are those of dead-letter queues; use another name");

        // A site's name is the purpose in its bucket's name.
        foreach (string name in config.Sites.Keys.Where(config.Buckets.ContainsKey))
            yield return new RuleViolation(
                ConfigPath.Join("sites", name), $"has a bucket with the same name as {ConfigPath.Join("buckets", name)}; rename one");
    }
}
