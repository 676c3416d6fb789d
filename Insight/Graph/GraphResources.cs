using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Graph;

/// <summary>Resources of all stacks with their arguments and dependencies, for the builders of a graph.</summary>
internal sealed partial class GraphResources
{
    private readonly IReadOnlyList<StackJson> _stacks;
    private readonly Dictionary<MappedAddress, MappedResource> _mapped;
    private readonly Dictionary<MappedAddress, StackElement> _elements;

    public GraphResources(IReadOnlyList<StackJson> stacks)
    {
        _stacks = stacks;
        All = ResourceMap.Of(stacks).Resources;
        _mapped = All.ToDictionary(resource => resource.Address);
        _elements = (from stack in stacks from element in stack.Resources select (new MappedAddress(stack.Name, element.Address), element))
            .ToDictionary(pair => pair.Item1, pair => pair.element);
    }

    /// <summary>Sorted by stack and address.</summary>
    public IReadOnlyList<MappedResource> All { get; }

    public StackElement Element(MappedResource resource) => _elements[resource.Address];

    /// <summary>Resources that it depends on; data sources, which exist outside of the stacks, are left out.</summary>
    public IEnumerable<MappedResource> DependsOn(MappedResource resource) =>
        resource.DependsOn.Select(address => _mapped.GetValueOrDefault(address)).OfType<MappedResource>();

    /// <summary>The resource that an argument of another one names; null if it does not name exactly one.</summary>
    public MappedResource? Named(MappedResource resource, string argument)
    {
        StackElement element = Element(resource);
        if (element.Text(argument) is not { } text)
            return null;
        // An item of a list that another stack has as output: dependencies contain all items of the list.
        if (OutputItem().Match(text) is { Success: true } item)
        {
            return (from stack in _stacks
                    where stack.Json["output"]?[item.Groups["output"].Value]?["value"] is JArray
                    let list = (JArray)stack.Json["output"]![item.Groups["output"].Value]!["value"]!
                    let index = int.Parse(item.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture)
                    where index < list.Count
                    select Single(stack.Name, list[index])).FirstOrDefault();
        }

        return Single(resource.Address.Stack, text);
    }

    private MappedResource? Single(string stack, JToken value) =>
        Reference.In(value).Select(reference => reference.Address).Distinct().ToArray() is [var address]
            ? _mapped.GetValueOrDefault(new MappedAddress(stack, address))
            : null;

    [GeneratedRegex(@"^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.(?<output>\w+)\[(?<index>[0-9]{1,4})\]\}$")]
    private static partial Regex OutputItem();
}
