using Infra.Insight;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Resources of one stack, synthesized or applied; a query for a missing element fails.</summary>
internal abstract record QueriedStack
{
    /// <summary>All resources and data sources, by address.</summary>
    public abstract IReadOnlyList<StackElement> Elements { get; }

    /// <summary>The resource with this address.</summary>
    public virtual JObject Resource(string type, string logicalId) => Find(isData: false, type, logicalId);

    /// <summary>The data source with this address.</summary>
    public JObject Data(string type, string logicalId) => Find(isData: true, type, logicalId);

    /// <summary>The only resource of its type.</summary>
    public JObject Single(string type)
    {
        IReadOnlyList<string> ids = Ids(type);
        return ids.Count == 1
            ? Resource(type, ids[0])
            : throw new AssertionException($"one {type} expected, found {Listing(isData: false, type)}");
    }

    /// <summary>Names of all resources of a type, sorted; empty if there is none.</summary>
    public IReadOnlyList<string> Ids(string type) => Ids(isData: false, type);

    /// <summary>Addresses of all resources as <c>type.id</c>, sorted.</summary>
    public IReadOnlyList<string> Addresses() => [.. Elements.Where(element => !element.IsData).Select(element => element.Address)];

    /// <summary>Addresses of all data sources as <c>data.type.id</c>, sorted.</summary>
    public IReadOnlyList<string> DataAddresses() => [.. Elements.Where(element => element.IsData).Select(element => element.Address)];

    /// <summary>The policy in an attribute, which is a JSON string.</summary>
    public static JObject Policy(JToken? text) =>
        text is null ? throw new AssertionException("no policy") : JObject.Parse((string)text!);

    /// <summary>The statement of a policy with this Sid.</summary>
    public static JObject Statement(JObject policy, string sid)
    {
        JObject[] statements = [.. policy["Statement"]!.Cast<JObject>()];
        return statements.SingleOrDefault(statement => (string?)statement["Sid"] == sid)
            ?? throw new AssertionException(
                $"no statement {sid}; available: {string.Join(", ", statements.Select(s => (string?)s["Sid"] ?? "(unnamed)"))}");
    }

    private JObject Find(bool isData, string type, string logicalId) =>
        Elements.SingleOrDefault(element => element.IsData == isData && element.Type == type && element.Name == logicalId)?.Arguments
            ?? throw new AssertionException($"no {type}.{logicalId}; available: {Listing(isData, type)}");

    private string[] Ids(bool isData, string type) =>
        [.. Elements.Where(element => element.IsData == isData && element.Type == type).Select(element => element.Name)
            .Order(StringComparer.Ordinal)];

    private string Listing(bool isData, string type) => Ids(isData, type) is { Length: > 0 } ids
        ? string.Join(", ", ids.Select(id => $"{type}.{id}"))
        : $"none of this type, but {string.Join(", ", Addresses())}";
}
