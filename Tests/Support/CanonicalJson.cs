using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>Terraform JSON in a canonical form: two texts differ only if Terraform would behave differently.</summary>
internal static class CanonicalJson
{
    /// <summary>Key of cdktf's metadata of a construct; Terraform ignores it as a comment.</summary>
    private const string Comment = "//";

    /// <summary>Indented JSON with sorted keys, without comments.</summary>
    public static string Write(JToken json) => $"{Order(json).ToString(Formatting.Indented)}\n";

    /// <summary>The same JSON with sorted keys, without comments.</summary>
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
