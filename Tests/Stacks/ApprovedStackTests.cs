using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>Every stack of every environment file is what somebody has looked at, to the last argument.</summary>
internal sealed class ApprovedStackTests
{
    private static string Approved(Example example, string stack, string ending) =>
        Path.Combine(Checkout.Find().Root, "Tests", "Stacks", "Approved", example.Name, $"{stack}.{ending}");

    // In this order: the addresses are compared with the help of the approved JSON, which the next test may write anew.
    [Test, Order(1), TestCaseSource(typeof(Example), nameof(Example.Stacks))]
    public void Addresses_AreTheApprovedOnes(Example example, string stack)
    {
        SynthesizedStack now = example.Deployment[stack];
        string snapshot = Approved(example, stack, "tf.json");
        JObject before = File.Exists(snapshot) ? JObject.Parse(File.ReadAllText(snapshot)) : [];

        string[] addresses = [.. now.Addresses(), .. now.DataAddresses()];
        Approval.Verify(Approved(example, stack, "addresses.txt"), string.Join("\n", addresses) + "\n", (approved, _) =>
            $"{example.File}, stack {stack}: resources changed their addresses.\n"
            + AddressChanges.Between(approved.Split('\n', StringSplitOptions.RemoveEmptyEntries), addresses, before, now.Json).Describe());
    }

    [Test, Order(2), TestCaseSource(typeof(Example), nameof(Example.Stacks))]
    public void Json_IsTheApprovedOne(Example example, string stack) =>
        Approval.Verify(Approved(example, stack, "tf.json"), CanonicalJson.Write(example.Deployment[stack].Json), (approved, actual) =>
            $"{example.File}, stack {stack}: Terraform gets something else than was approved; {TextDifference.Describe(approved, actual)}");

    [Test]
    public void Approved_AreOnlyStacksThereAre()
    {
        IEnumerable<string> known =
            from example in Example.WithPipelines
            from stack in SynthesizedDeployment.StackIdsOf(example.Config)
            from ending in new[] { "addresses.txt", "tf.json" }
            select Approved(example, stack, ending);
        string folder = Path.Combine(Checkout.Find().Root, "Tests", "Stacks", "Approved");

        Assert.That(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), Is.EquivalentTo(known));
    }
}
