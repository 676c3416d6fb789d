using Infra.Insight;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Container definitions as Terraform would send them to ECS, with expressions as strings.</summary>
internal static class ContainerText
{
    /// <summary>The only container of a task definition; the result of <c>${jsonencode(…)}</c> is the text of the expression.</summary>
    public static JObject Parse(JToken? definitions) => ParseAll(definitions).Single();

    /// <summary>All containers of a task definition.</summary>
    public static IReadOnlyList<JObject> ParseAll(JToken? definitions)
    {
        const string begin = "${jsonencode(";
        JArray containers = ContainerDefinitions.Parse((string?)definitions ?? throw new AssertionException("no container definitions"));
        foreach (JProperty property in containers.Children<JObject>().SelectMany(container => container.Properties()))
            if (property.Value.Type == JTokenType.String && ((string)property.Value!).StartsWith(begin, StringComparison.Ordinal))
                property.Value = ((string)property.Value!)[begin.Length..^")}".Length];
        return [.. containers.Cast<JObject>()];
    }
}
