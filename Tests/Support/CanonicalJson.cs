using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>Terraform JSON such that two texts differ only where Terraform would do something else.</summary>
internal static class CanonicalJson
{
    /// <summary>Where cdktf puts what it knows of the construct; Terraform takes it for a comment.</summary>
    private const string Comment = "//";

    /// <summary>Indented, keys sorted, comments left out.</summary>
    public static string Write(JToken json) => $"{Order(json).ToString(Formatting.Indented)}\n";

    /// <summary>The same without comments, keys sorted.</summary>
    public static JToken Order(JToken json) => json switch
    {
        JObject map => new JObject(map.Properties()
            .Where(property => property.Name != Comment)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => new JProperty(property.Name, Order(property.Value)))),
        JArray list => new JArray(list.Select(Order)),
        _ => json.DeepClone(),
    };
}
