using Infra.Insight;

namespace Infra.Operations.Insight;

/// <summary>A resource map as lines of text that fit the terminal: resources by type, with their names in AWS.</summary>
internal static class MapTable
{
    /// <param name="title">Environment, for the heading.</param>
    /// <param name="map">Resources.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IEnumerable<string> Lines(string title, ResourceMap map, int width)
    {
        yield return $"Resources of {title}";
        foreach (IGrouping<string, MappedResource> stack in map.Resources.GroupBy(resource => resource.Address.Stack))
        {
            yield return "";
            yield return $"{stack.Key}: {stack.Count()} resources";
            foreach (IGrouping<string, MappedResource> type in stack.GroupBy(resource => resource.Type).OrderBy(type => type.Key))
            {
                yield return $"  {type.Key}";
                foreach (MappedResource resource in type)
                    foreach (string line in Entry(resource.Address.Address[(type.Key.Length + 1)..], resource.Name, width))
                        yield return line;
            }
        }

        yield return "";
        yield return "with dependencies, variables and parameters:";
        yield return "  ./infra map --out FILE   Markdown";
        yield return "  ./infra map --json";
    }

    private static IEnumerable<string> Entry(string name, string? inAws, int width)
    {
        string line = $"    {name}";
        if (string.IsNullOrEmpty(inAws))
            return [line];
        return line.Length + 2 + inAws.Length <= width ? [$"{line}  {inAws}"] : [line, $"      {inAws}"];
    }
}
