using Constructs;
using HashiCorp.Cdktf;
using Infra.Constructs.Foundation;
using Infra.Insight;
using Infra.Naming;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Terraform JSON of one stack; a query for a missing element fails.</summary>
/// <param name="Json">What cdktf would write to <c>cdk.tf.json</c>.</param>
internal sealed record SynthesizedStack(JObject Json) : QueriedStack
{
    public override IReadOnlyList<StackElement> Elements { get; } = new StackJson("synthesized", Json).Elements;

    /// <summary>Synthesizes a stack with what <paramref name="build"/> adds to it.</summary>
    public static SynthesizedStack Of(Action<TerraformStack> build)
    {
        var stack = new TerraformStack(Testing.App(), "test");
        build(stack);
        return Of(stack);
    }

    /// <summary>
    /// Synthesizes a stack, and fails if two of its resources share an address: cdktf would silently write only one of them.
    /// </summary>
    public static SynthesizedStack Of(TerraformStack stack) => Of(stack, Testing.Synth(stack));

    /// <summary>A stack that is already synthesized; fails like <see cref="Of(TerraformStack)"/>.</summary>
    public static SynthesizedStack Of(TerraformStack stack, string json)
    {
        string[] twice =
        [
            .. stack.Node.FindAll().Select(AddressOf).OfType<string>().GroupBy(address => address)
                .Where(group => group.Count() > 1).Select(group => group.Key),
        ];
        return twice.Length == 0
            ? new SynthesizedStack(WithSections(JObject.Parse(json)))
            : throw new AssertionException(
                $"more than one resource has the address {string.Join(", ", twice)}; Terraform would get only one of them");
    }

    /// <summary>The context most construct tests use: project acme, account 111111111111, us-east-2.</summary>
    public static DeploymentContext Context(bool production = false, bool disposable = false) =>
        new(new Names("acme", "dev", "111111111111"), "us-east-2", production, disposable);

    // cdktf omits empty sections; a stack without resources can still be queried.
    private static JObject WithSections(JObject json)
    {
        foreach (string section in new[] { "resource", "output" })
            json[section] ??= new JObject();
        return json;
    }

    private static string? AddressOf(IConstruct construct) => construct switch
    {
        TerraformResource resource => $"{resource.TerraformResourceType}.{resource.FriendlyUniqueId}",
        TerraformDataSource data => $"data.{data.TerraformResourceType}.{data.FriendlyUniqueId}",
        TerraformRemoteState state => $"data.terraform_remote_state.{state.FriendlyUniqueId}",
        _ => null,
    };
}
