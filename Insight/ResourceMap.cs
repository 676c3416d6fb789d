using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>Resources of a deployment, their dependencies, and their names in AWS: only from the synthesized stacks.</summary>
public sealed class ResourceMap
{
    private const string RemoteState = "terraform_remote_state";

    /// <summary>Arguments that contain the name in AWS, the most specific first.</summary>
    private static readonly string[] Names =
    [
        "name", "bucket", "identifier", "family", "alarm_name", "function_name", "layer_name", "dashboard_name", "cluster_identifier",
        "domain_name", "domain", "repository_name", "name_prefix",
    ];

    private readonly Dictionary<string, StackJson> _byStateKey;
    private readonly Dictionary<(string Type, string Name), MappedAddress> _byName;

    private ResourceMap(IReadOnlyList<StackJson> stacks)
    {
        _byStateKey = stacks.Where(stack => StateKey(stack) is not null).ToDictionary(stack => StateKey(stack)!, StringComparer.Ordinal);
        _byName = (from stack in stacks
                   from resource in stack.Resources
                   let name = NameOf(resource)
                   where name is not null
                   group new MappedAddress(stack.Name, resource.Address) by (resource.Type, name))
                       .ToDictionary(same => same.Key, same => same.First());
        Resources = [.. from stack in stacks from resource in stack.Resources select Map(stack, resource)];
    }

    /// <summary>Sorted by stack, then by address.</summary>
    public IReadOnlyList<MappedResource> Resources { get; }

    /// <param name="stacks">All stacks of a deployment.</param>
    public static ResourceMap Of(IReadOnlyList<StackJson> stacks) => new(stacks);

    private MappedResource Map(StackJson stack, StackElement resource)
    {
        MappedAddress self = new(stack.Name, resource.Address);
        return new MappedResource(
            self,
            resource.Type,
            Construct(resource),
            [.. Targets(stack, resource.Arguments, [])
                .Concat(Written(resource.Arguments))
                .Where(target => target != self)
                .Distinct()
                .OrderBy(target => target.ToString(), StringComparer.Ordinal)],
            NameOf(resource));
    }

    /// <summary>Resources that the expressions in a value refer to, through data sources and the outputs of other stacks.</summary>
    private IEnumerable<MappedAddress> Targets(StackJson stack, JToken value, HashSet<string> seen) =>
        stack.ReferencesOf(value).SelectMany(reference => Targets(stack, reference, stack.Find(reference.Address)!, seen));

    private IEnumerable<MappedAddress> Targets(StackJson stack, Reference reference, StackElement element, HashSet<string> seen)
    {
        if (!element.IsData)
            return [new MappedAddress(stack.Name, element.Address)];
        // Data sources can read each other; Terraform would reject a cycle, but this must terminate.
        if (!seen.Add($"{stack.Name} {reference}"))
            return [];
        if (element.Type == RemoteState)
            return Output(element, reference) is var (source, output)
                ? Targets(source, output, seen).Concat(Bucket(output))
                : [new MappedAddress(stack.Name, element.Address)];
        return NameOf(element) is { } name && _byName.TryGetValue((element.Type, name), out MappedAddress? read)
            ? [read]
            : [new MappedAddress(stack.Name, element.Address), .. Targets(stack, element.Arguments, seen)];
    }

    /// <summary>Resources that literal ARNs refer to.</summary>
    private IEnumerable<MappedAddress> Written(JToken value) =>
        ArnNames.In(value).Select(named => _byName.GetValueOrDefault(named)).OfType<MappedAddress>();

    /// <summary>The bucket whose name an output has as text, because the name is known before the bucket exists.</summary>
    private IEnumerable<MappedAddress> Bucket(JToken output) =>
        output.Type == JTokenType.String && _byName.TryGetValue(("aws_s3_bucket", (string)output!), out MappedAddress? bucket)
            ? [bucket]
            : [];

    /// <summary>The stack whose state is read, and the value of the output; null if it is not a stack of this deployment.</summary>
    private (StackJson Stack, JToken Output)? Output(StackElement remoteState, Reference reference) =>
        (string?)remoteState.Arguments.SelectToken("config.key") is { } key
        && _byStateKey.TryGetValue(key, out StackJson? source)
        && reference.Attribute.Split('.') is ["outputs", var name, ..]
        && source.Json["output"]?[name]?["value"] is { } value
            ? (source, value)
            : null;

    private static string? StateKey(StackJson stack) => (string?)stack.Json.SelectToken("terraform.backend.s3.key");

    /// <summary>Path of the construct that contains the resource, without stack and resource: <c>alarms-backend</c>.</summary>
    private static string? Construct(StackElement resource) =>
        resource.ConstructPath?.Split('/') is { Length: > 2 } path ? string.Join('/', path[1..^1]) : null;

    private static string? NameOf(StackElement element) =>
        Names.Select(element.Text).Append((string?)element.Arguments.SelectToken("tags.Name"))
            .FirstOrDefault(name => name is { Length: > 0 } && !name.Contains("${", StringComparison.Ordinal));
}

/// <summary>An address and its stack.</summary>
public sealed record MappedAddress(string Stack, string Address)
{
    public override string ToString() => $"{Stack}: {Address}";
}

/// <param name="Address">Stack and address.</param>
/// <param name="Type">Type of the resource.</param>
/// <param name="Construct">Construct that contains it; null if it is directly in the stack.</param>
/// <param name="DependsOn">Resources that it depends on, across stacks.</param>
/// <param name="Name">Name in AWS; null if AWS generates it, or the resource has none.</param>
public sealed record MappedResource(
    MappedAddress Address, string Type, string? Construct, IReadOnlyList<MappedAddress> DependsOn, string? Name);
