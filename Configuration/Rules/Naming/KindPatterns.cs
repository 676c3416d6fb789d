using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Naming;

/// <summary>Patterns of the kinds of resources whose names otherwise consist of the prefix and a purpose.</summary>
internal static class KindPatterns
{
    // An environment has one of each.
    private static readonly string[] Single = ["cluster", "loadBalancer", "deliveryRole", "userPool", "userPoolClient", "budget"];

    /// <summary>The patterns by setting; null where the file sets none.</summary>
    public static IReadOnlyList<(string Key, string? Pattern)> Of(NamingConfig naming) =>
    [
        ("cluster", naming.Cluster), ("service", naming.Service), ("loadBalancer", naming.LoadBalancer),
        ("targetGroup", naming.TargetGroup), ("executionRole", naming.ExecutionRole), ("taskRole", naming.TaskRole),
        ("deliveryRole", naming.DeliveryRole), ("userPool", naming.UserPool), ("userPoolClient", naming.UserPoolClient),
        ("topic", naming.Topic), ("budget", naming.Budget), ("database", naming.Database), ("table", naming.Table),
    ];

    [Rule("naming/kinds", "Names with a pattern of their own begin with the prefix, and differ from each other.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (NamingPatterns.Check(config).Any())
            yield break;
        Names names = DerivedDefaults.NamesOf(config);
        (string Key, string Pattern)[] patterns = [.. Of(config.Naming).Where(kind => kind.Pattern is not null)!];
        foreach ((string key, string pattern) in patterns)
        {
            string path = $"naming.{key}";
            if (Single.Contains(key) && pattern.Contains("{purpose}", StringComparison.Ordinal))
                yield return new RuleViolation(path, "{purpose} has no meaning here: an environment has one of this kind; leave it out");
            // The permissions of the roles that deploy are limited to names with the prefix.
            string start = $"{names.Prefix}-";
            string name = names.Fill(pattern);
            if (key != "budget" && !name.StartsWith(start, StringComparison.Ordinal))
                yield return new RuleViolation(
                    path,
                    $"{Scalars.Show(pattern)} does not begin with the prefix {Scalars.Show(start)}, to which permissions are limited; "
                        + "begin it with {prefix}-", "naming.prefix", "project", "name");
            if (name.StartsWith($"{start}infra-", StringComparison.Ordinal))
                yield return new RuleViolation(
                    path, $"names that begin with {start}infra- are those of the bootstrap stack; use another name", "naming.prefix");
        }

        HashSet<string> set = [.. patterns.Select(kind => kind.Key)];
        foreach (IGrouping<(NameRule Rule, string Name), NamedResource> same in NamedResource.Of(config, names)
            .GroupBy(resource => (resource.Rule, resource.Name))
            .Where(group => group.Count() > 1 && group.Any(resource => set.Contains(resource.Setting))))
            yield return new RuleViolation(
                $"naming.{same.First(resource => set.Contains(resource.Setting)).Setting}",
                $"{string.Join(" and ", same.Select(resource => resource.Path).Distinct())} would have the same name, "
                    + $"{same.Key.Name}; put {{purpose}} into the pattern, or write different patterns", "services", "tables", "databases");
    }
}
