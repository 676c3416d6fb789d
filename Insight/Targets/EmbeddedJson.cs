using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Targets;

/// <summary>Reads a JSON file that is a resource of this assembly.</summary>
internal static class EmbeddedJson
{
    public static JObject Read(string name)
    {
        using Stream content = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not a resource of this assembly");
        using var json = new JsonTextReader(new StreamReader(content)) { FloatParseHandling = FloatParseHandling.Decimal };
        return JObject.Load(json);
    }
}
