using Infra.Operations.Inventory;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Inventory;

[Property("Row", "P-L6")]
internal sealed class InventoryWriterTests
{
    private static readonly string[] Regions = ["us-east-2", "us-east-1"];

    private static readonly InventoryItem[] Items =
    [
        new("us-east-2", InventoryKind.Stack, "other-network", null),
        new("us-east-2", InventoryKind.Bucket, "python-frameworks-tfstate-111111111111", "bootstrap"),
        new("us-east-2", InventoryKind.Bucket, "111111111111-code-deployment", null),
        new("us-east-2", InventoryKind.Layer, "dev-da-flask-layer", "layers", 4),
        new("us-east-1", InventoryKind.Stack, new string('s', 128), null),
        new("us-east-1", InventoryKind.Layer, new string('l', 140), null, 12),
    ];

    [Test]
    public void Table_HasOnePartForEachRegionAndKind() => Assert.That(InventoryWriter.Table(Regions, Items[..4]), Is.EqualTo(new[]
    {
        "us-east-2, buckets: 2",
        "  -          111111111111-code-deployment",
        "  bootstrap  python-frameworks-tfstate-111111111111",
        "us-east-2, layers: 1",
        "  layers     dev-da-flask-layer, version 4",
        "us-east-2, CloudFormation stacks: 1",
        "  -          other-network",
        "us-east-1, buckets: none",
        "us-east-1, layers: none",
        "us-east-1, CloudFormation stacks: none",
        "2 of 4 managed by this environment; - is managed by something else",
    }));

    [Test]
    public void Table_FitsInto80Columns()
    {
        string[] lines = [.. InventoryWriter.Table(Regions, Items)];
        Assert.That(lines.Max(line => line.Length), Is.EqualTo(80));
        Assert.That(lines, Has.One.EndsWith("l…, version 12").And.One.EndsWith("s…"));
    }

    [Test]
    public void Json_HasEveryName_AndWhatManagesIt()
    {
        JObject json = JObject.Parse(InventoryWriter.Json("111111111111", Regions, Items));
        Assert.Multiple(() =>
        {
            Assert.That((string?)json["account"], Is.EqualTo("111111111111"));
            Assert.That(json["regions"]!.Values<string>(), Is.EqualTo(Regions));
            Assert.That(json["items"]!.Select(item => ((string?)item["region"], (string?)item["kind"], (string?)item["managedBy"])),
                Is.EqualTo(new[]
                {
                    ("us-east-1", "layer", null), ("us-east-1", "stack", null), ("us-east-2", "bucket", null),
                    ("us-east-2", "bucket", "bootstrap"), ("us-east-2", "layer", "layers"), ("us-east-2", "stack", (string?)null),
                }));
            Assert.That((string?)json["items"]![1]!["name"], Has.Length.EqualTo(128), "nothing is shortened");
            Assert.That((long?)json["items"]![4]!["newestVersion"], Is.EqualTo(4));
        });
    }
}
