namespace Infra.Naming;

/// <summary>Tags on every resource, set once as the provider's default tags.</summary>
public static class Tags
{
    public const string ManagedBy = "cdktf";

    /// <summary>Project, Environment, ManagedBy and ProductDomain, then what the environment file adds or overrides.</summary>
    /// <param name="names">Names of the environment.</param>
    /// <param name="extra">Tags of the environment file; <c>ProductDomain</c> there replaces the default, the project.</param>
    public static IReadOnlyDictionary<string, string> For(Names names, IReadOnlyDictionary<string, string> extra)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Project"] = names.Project,
            ["Environment"] = names.Environment,
            ["ManagedBy"] = ManagedBy,
            ["ProductDomain"] = names.Project,
        };
        foreach ((string key, string value) in extra)
            tags[key] = value;
        return tags;
    }
}
