using Constructs;
using HashiCorp.Cdktf;
using Infra.Constructs.Foundation;
using Infra.Naming;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Terraform JSON of one stack, with questions that fail loudly.</summary>
/// <param name="Json">What cdktf would write to <c>cdk.tf.json</c>.</param>
internal sealed record SynthesizedStack(JObject Json)
{
    /// <summary>Synthesizes a stack that holds what <paramref name="build"/> puts into it.</summary>
    public static SynthesizedStack Of(Action<TerraformStack> build)
    {
        var stack = new TerraformStack(Testing.App(), "test");
        build(stack);
        return Of(stack);
    }

    /// <summary>Synthesizes a stack, and fails where two of its resources share an address: cdktf would make one of them, without a word.</summary>
    public static SynthesizedStack Of(TerraformStack stack) => Of(stack, Testing.Synth(stack));

    /// <summary>A stack that is synthesized already; fails like <see cref="Of(TerraformStack)"/>.</summary>
    public static SynthesizedStack Of(TerraformStack stack, string json)
    {
        string[] twice =
        [
            .. stack.Node.FindAll().Select(AddressOf).OfType<string>().GroupBy(address => address)
                .Where(group => group.Count() > 1).Select(group => group.Key),
        ];
        return twice.Length == 0
            ? new SynthesizedStack(JObject.Parse(json))
            : throw new AssertionException($"more than one resource is called {string.Join(", ", twice)}; Terraform would get one of them");
    }

    /// <summary>The context most construct tests use: project acme, account 111111111111, us-east-2.</summary>
    public static DeploymentContext Context(bool production = false, bool disposable = false) =>
        new(new Names("acme", "dev", "111111111111"), "us-east-2", production, disposable);

    /// <summary>The resource with this address.</summary>
    public JObject Resource(string type, string logicalId) => Find("resource", type, logicalId);

    /// <summary>The data source with this address.</summary>
    public JObject Data(string type, string logicalId) => Find("data", type, logicalId);

    /// <summary>The only resource of its type.</summary>
    public JObject Single(string type)
    {
        string[] ids = Ids("resource", type);
        return ids.Length == 1 ? Resource(type, ids[0]) : throw new AssertionException($"one {type} expected, found {Listing(type, ids)}");
    }

    /// <summary>Addresses of all resources of a type, sorted; empty where there is none.</summary>
    public IReadOnlyList<string> Ids(string type) => Ids("resource", type);

    /// <summary>Addresses of all resources as <c>type.id</c>, sorted.</summary>
    public IReadOnlyList<string> Addresses() => Addresses("resource");

    /// <summary>Addresses of all data sources as <c>data.type.id</c>, sorted.</summary>
    public IReadOnlyList<string> DataAddresses() => [.. Addresses("data").Select(address => $"data.{address}")];

    /// <summary>A policy that an attribute holds as text.</summary>
    public static JObject Policy(JToken? text) =>
        text is null ? throw new AssertionException("no policy there") : JObject.Parse((string)text!);

    /// <summary>The statement of a policy with this Sid.</summary>
    public static JObject Statement(JObject policy, string sid)
    {
        JObject[] statements = [.. policy["Statement"]!.Cast<JObject>()];
        return statements.SingleOrDefault(statement => (string?)statement["Sid"] == sid)
            ?? throw new AssertionException($"no statement {sid}; there are {string.Join(", ", statements.Select(s => (string?)s["Sid"] ?? "(unnamed)"))}");
    }

    private IReadOnlyList<string> Addresses(string section) =>
    [
        .. ((JObject?)Json[section] ?? []).Properties()
            .SelectMany(type => ((JObject)type.Value).Properties().Select(element => $"{type.Name}.{element.Name}"))
            .Order(StringComparer.Ordinal),
    ];

    private static string? AddressOf(IConstruct construct) => construct switch
    {
        TerraformResource resource => $"{resource.TerraformResourceType}.{resource.FriendlyUniqueId}",
        TerraformDataSource data => $"data.{data.TerraformResourceType}.{data.FriendlyUniqueId}",
        TerraformRemoteState state => $"data.terraform_remote_state.{state.FriendlyUniqueId}",
        _ => null,
    };

    private JObject Find(string section, string type, string logicalId) =>
        (JObject?)Json[section]?[type]?[logicalId]
            ?? throw new AssertionException($"no {type}.{logicalId}; there is {Listing(type, Ids(section, type))}");

    private string[] Ids(string section, string type) =>
        [.. ((JObject?)Json[section]?[type] ?? []).Properties().Select(property => property.Name).Order(StringComparer.Ordinal)];

    private string Listing(string type, string[] ids) =>
        ids.Length > 0 ? string.Join(", ", ids.Select(id => $"{type}.{id}")) : $"none of this type, but {string.Join(", ", Addresses())}";
}
