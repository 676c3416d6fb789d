using Infra.Configuration.Model;
using Infra.Constructs.Storage;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Storage;

internal sealed class TableTests
{
    private static JObject Synthesize(TableConfig config, bool disposable = false) => SynthesizedStack.Of(stack =>
        _ = new Table(stack, "sessions", new TableProps(SynthesizedStack.Context(disposable: disposable), "sessions", config)))
        .Resource("aws_dynamodb_table", "sessions");

    [Test, Property("Row", "S7")]
    public void Table_IsEncryptedRestorableAndProtected()
    {
        JObject table = Synthesize(new TableConfig { PartitionKey = "pk:S" });

        Assert.Multiple(() =>
        {
            Assert.That((bool?)table["point_in_time_recovery"]!["enabled"], Is.True);
            Assert.That((bool?)table["server_side_encryption"]!["enabled"], Is.True);
            Assert.That((bool?)table["deletion_protection_enabled"], Is.True);
            Assert.That((bool?)table["lifecycle"]!["prevent_destroy"], Is.True);
        });
    }

    [Test]
    public void Table_HasTheKeysOfTheEnvironmentFile()
    {
        JObject table = Synthesize(new TableConfig { PartitionKey = "pk:S", SortKey = "at:N", TtlAttribute = "expires" });

        Assert.Multiple(() =>
        {
            Assert.That((string?)table["name"], Is.EqualTo("acme-dev-sessions"));
            Assert.That((string?)table["billing_mode"], Is.EqualTo("PAY_PER_REQUEST"));
            Assert.That((string?)table["hash_key"], Is.EqualTo("pk"));
            Assert.That((string?)table["range_key"], Is.EqualTo("at"));
            Assert.That(table["attribute"]!.Select(a => $"{a["name"]}:{a["type"]}"), Is.EqualTo(new[] { "pk:S", "at:N" }));
            Assert.That((string?)table["ttl"]!["attribute_name"], Is.EqualTo("expires"));
        });
    }

    [Test]
    public void Disposable_CanBeDestroyed()
    {
        JObject table = Synthesize(new TableConfig { PartitionKey = "pk:S" }, disposable: true);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)table["deletion_protection_enabled"], Is.False);
            Assert.That(table["lifecycle"]?["prevent_destroy"], Is.Null);
        });
    }

    [TestCase("pk")]
    [TestCase("pk:X")]
    [TestCase("pk:S:N")]
    public void Key_WithoutAType_IsRejected(string key)
    {
        Assert.That(() => Synthesize(new TableConfig { PartitionKey = key }), Throws.ArgumentException.With.Message.Contains($"'{key}'"));
    }
}
