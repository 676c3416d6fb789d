using Infra.Insight;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// One stack as Terraform planned and applied it on the local AWS. A resource must also be a creation in the saved plan: a query
/// checks both.
/// </summary>
/// <param name="Plan">The plan that was applied: <c>terraform show -json</c>.</param>
/// <param name="State">The state after it (version 4), with values as the provider read them back.</param>
internal sealed record AppliedStack(JObject Plan, JObject State) : QueriedStack
{
    private readonly HashSet<string> _created =
    [
        .. from change in Plan["resource_changes"] ?? new JArray()
           where change["change"]!["actions"]!.Values<string>().Contains("create")
           select (string)change["address"]!,
    ];

    public override IReadOnlyList<StackElement> Elements { get; } =
    [
        .. (from resource in State["resources"] ?? new JArray()
            from instance in resource["instances"]!
            select new StackElement(
                (string?)resource["mode"] == "data",
                (string)resource["type"]!,
                (string)resource["name"]! + Index(instance["index_key"]),
                (JObject)instance["attributes"]!,
                ConstructPath: null)).OrderBy(element => element.Address, StringComparer.Ordinal),
    ];

    /// <summary>The resource with this address, as it is after the apply.</summary>
    public override JObject Resource(string type, string logicalId)
    {
        JObject applied = base.Resource(type, logicalId);
        Assert.That(_created, Does.Contain($"{type}.{logicalId}"), "the saved plan must create it");
        return applied;
    }

    /// <summary>A resource in the saved plan, with null for values that are known only after apply.</summary>
    public JObject Planned(string type, string logicalId) =>
        (JObject?)Plan["resource_changes"]!.SingleOrDefault(
            change => (string?)change["address"] == $"{type}.{logicalId}")?["change"]?["after"]
            ?? throw new AssertionException($"the plan has no {type}.{logicalId}");

    /// <summary>Value of an output.</summary>
    public JToken Output(string name) =>
        State["outputs"]?[name]?["value"] ?? throw new AssertionException(
            $"no output {name}; available: "
                + $"{string.Join(", ", ((JObject?)State["outputs"] ?? []).Properties().Select(output => output.Name))}");

    private static string Index(JToken? key) => key switch
    {
        null => "",
        { Type: JTokenType.Integer } => $"[{key}]",
        _ => $"[\"{key}\"]",
    };
}
