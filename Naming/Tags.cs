namespace Infra.Naming;

/// <summary>Tags on every resource, set once as the provider's default tags.</summary>
public static class Tags
{
    public const string ManagedBy = "cdktf";

    /// <summary>Tag by which costs are counted: one value for each environment of each project.</summary>
    public const string Deployment = "Deployment";

    /// <summary>Value of that tag: <c>tap/poc</c>. A hyphen would make one of a-b and c, and a and b-c.</summary>
    public static string DeploymentOf(Names names) => $"{names.Project}/{names.Environment}";

    /// <summary>Project, Environment, Deployment, ManagedBy and ProductDomain, then what the environment file adds or overrides.</summary>
    /// <param name="names">Names of the environment.</param>
    /// <param name="extra">Tags of the environment file; <c>ProductDomain</c> there replaces the default, the project.</param>
    public static IReadOnlyDictionary<string, string> For(Names names, IReadOnlyDictionary<string, string> extra)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Project"] = names.Project,
            ["Environment"] = names.Environment,
            [Deployment] = DeploymentOf(names),
            ["ManagedBy"] = ManagedBy,
            ["ProductDomain"] = names.Project,
        };
        foreach ((string key, string value) in extra)
            tags[key] = value;
        return tags;
    }
}
