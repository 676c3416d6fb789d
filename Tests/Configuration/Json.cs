using FsCheck;
using FsCheck.Fluent;
using Infra.Configuration.Findings;
using Infra.Configuration.Reading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Configuration;

/// <summary>Random JSON values for property tests, and conversions between them and nodes.</summary>
public static class Json
{
    // Few keys, so that two values often have some in common.
    private static readonly string[] Keys = ["a", "b", "name", "x y", "q\"", "ü"];

    public static Arbitrary<JToken> Tokens() => Arb.From(Gen.Sized(size => Value(Math.Min(size, 12))), Smaller);

    public static Arbitrary<JObject> Objects() => Arb.From(Gen.Sized(size => Object(Math.Min(size, 12))));

    internal static Node Read(string text)
    {
        var findings = new List<Finding>();
        Node? node = NodeReader.Read("test.json", text, findings);
        return node is not null && findings.Count == 0 ? node : throw new FormatException(string.Join("\n", findings));
    }

    internal static Node Read(JToken token) => Read(token.ToString(Formatting.None));

    internal static string Write(Node node) => ToToken(node).ToString(Formatting.None);

    internal static JToken ToToken(Node node) => node switch
    {
        ObjectNode entries => new JObject(entries.Members.Select(m => new JProperty(m.Name, ToToken(m.Value)))),
        ArrayNode list => new JArray(list.Items.Select(ToToken)),
        ScalarNode scalar => new JValue(scalar.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static Gen<JToken> Value(int size) => size <= 1
        ? Scalar()
        : Gen.OneOf(Scalar(), Object(size).Select(o => (JToken)o), Array(size).Select(a => (JToken)a));

    private static Gen<JToken> Scalar() => Gen.OneOf(
        Gen.Constant(JValue.CreateNull()).Select(v => (JToken)v),
        Gen.Choose(-1000, 100_000).Select(n => (JToken)n),
        Gen.Elements(true, false).Select(b => (JToken)b),
        Gen.Elements("", "text", "line\nbreak", "\"quoted\"", "a,b:c", "//no comment", "ü€𝄞", "\\").Select(s => (JToken)s));

    private static Gen<JObject> Object(int size) =>
        from keys in Gen.SubListOf(Keys)
        from values in Gen.ArrayOf(Value(size / 3), keys.Count)
        select new JObject(keys.Distinct().Zip(values, (key, value) => new JProperty(key, value)));

    private static Gen<JArray> Array(int size) =>
        from length in Gen.Choose(0, 3)
        from items in Gen.ArrayOf(Value(size / 3), length)
        select new JArray(items.Cast<object>().ToArray());

    private static IEnumerable<JToken> Smaller(JToken token) => token switch
    {
        JObject entries => entries.Values(),
        JArray items => items,
        _ => [],
    };
}
