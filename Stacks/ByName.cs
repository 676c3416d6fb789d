namespace Infra.Stacks;

/// <summary>Creates one value for each entry of a section.</summary>
internal static class ByName
{
    /// <summary>
    /// The values by name, created in the order of names, so that the order in the file does not change what is synthesized.
    /// </summary>
    public static IReadOnlyDictionary<string, TMade> Each<TConfig, TMade>(
        IReadOnlyDictionary<string, TConfig> configs, Func<string, TConfig, TMade> make)
    {
        var made = new SortedDictionary<string, TMade>(StringComparer.Ordinal);
        foreach ((string name, TConfig config) in configs.OrderBy(config => config.Key, StringComparer.Ordinal))
            made[name] = make(name, config);
        return made;
    }
}
