using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>
/// One synthesized stack, read only from its Terraform JSON: it can be a stack of this repository or of another cdktf project.
/// </summary>
public sealed class StackJson
{
    /// <summary>Key of cdktf's construct metadata, which Terraform treats as a comment.</summary>
    private const string Comment = "//";

    private readonly Dictionary<string, StackElement> _byAddress;

    /// <param name="name">Stack: <c>base</c>.</param>
    /// <param name="json">Content of its <c>cdk.tf.json</c>.</param>
    public StackJson(string name, JObject json)
    {
        Name = name;
        Json = json;
        Elements = [.. Section(json, "data").Concat(Section(json, "resource")).OrderBy(element => element.Address, StringComparer.Ordinal)];
        _byAddress = Elements.ToDictionary(element => element.Address, StringComparer.Ordinal);
    }

    public string Name { get; }

    public JObject Json { get; }

    /// <summary>All resources and data sources, by address.</summary>
    public IReadOnlyList<StackElement> Elements { get; }

    /// <summary>All resources, by address.</summary>
    public IEnumerable<StackElement> Resources => Elements.Where(element => !element.IsData);

    /// <summary>All stacks of an output folder, by name.</summary>
    /// <param name="outDir">Folder in cdktf's layout: <c>stacks/{stack}/cdk.tf.json</c>.</param>
    public static IReadOnlyList<StackJson> ReadAll(string outDir) =>
    [
        .. from folder in Directory.GetDirectories(Path.Combine(outDir, "stacks")).Order(StringComparer.Ordinal)
           let file = Path.Combine(folder, "cdk.tf.json")
           where File.Exists(file)
           select new StackJson(Path.GetFileName(folder), JObject.Parse(File.ReadAllText(file))),
    ];

    /// <summary>The element with this address; null if there is none.</summary>
    public StackElement? Find(string address) => _byAddress.GetValueOrDefault(address);

    /// <summary>Elements of the stack that the expressions in a value refer to, each once, sorted by address and attribute.</summary>
    public IReadOnlyList<Reference> ReferencesOf(JToken value) =>
    [
        .. Reference.In(value).Where(reference => _byAddress.ContainsKey(reference.Address)).Distinct()
            .OrderBy(reference => reference.Address, StringComparer.Ordinal)
                .ThenBy(reference => reference.Attribute, StringComparer.Ordinal),
    ];

    private static IEnumerable<StackElement> Section(JObject json, string section) =>
        from type in (json[section] as JObject ?? []).Properties()
        where type.Name != Comment
        from element in ((JObject)type.Value).Properties()
        let arguments = (JObject)element.Value
        select new StackElement(
            section == "data", type.Name, element.Name, arguments, (string?)arguments.SelectToken($"['{Comment}'].metadata.path"));
}
