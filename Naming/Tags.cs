namespace Infra.Naming;

/// <summary>Tags on every resource, set once as the provider's default tags.</summary>
public static class Tags
{
    public const string ManagedBy = "cdktf";

    /// <summary>Tag with the tool that changes resources.</summary>
    public const string ManagedByKey = "ManagedBy";

    /// <summary>Cost allocation tag: one value for each environment of each project.</summary>
    public const string Deployment = "Deployment";

    /// <summary>Value of that tag: <c>tap/poc</c>. With a hyphen, a-b and c would be the same as a and b-c.</summary>
    public static string DeploymentOf(Names names) => $"{names.Project}/{names.Environment}";

    /// <summary>
    /// Project, Environment, Deployment, ManagedBy and ProductDomain, then the tags of the environment file, which can override
    /// ManagedBy and ProductDomain.
    /// </summary>
    /// <param name="names">Names of the environment.</param>
    /// <param name="extra">Tags of the environment file; <c>ManagedBy</c> and <c>ProductDomain</c> there replace the defaults.</param>
    public static IReadOnlyDictionary<string, string> For(Names names, IReadOnlyDictionary<string, string> extra)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Project"] = names.Project,
            ["Environment"] = names.Environment,
            [Deployment] = DeploymentOf(names),
            [ManagedByKey] = ManagedBy,
            ["ProductDomain"] = names.Project,
        };
        foreach ((string key, string value) in extra)
            tags[key] = value;
        return tags;
    }
}
