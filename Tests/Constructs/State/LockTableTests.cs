using Infra.Constructs.State;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.State;

internal sealed class LockTableTests
{
    private static JObject Table(bool disposable = false) => SynthesizedStack.Of(stack => _ =
        new LockTable(stack, "lock", new LockTableProps(SynthesizedStack.Context(disposable: disposable), "acme-tfstate-lock")))
            .Single("aws_dynamodb_table");

    [Test, Property("Row", "D1"), Property("Row", "S15")]
    public void Table_IsTheOneTerraformLooksFor()
    {
        JObject table = Table();

        Assert.Multiple(() =>
        {
            Assert.That((string?)table["name"], Is.EqualTo("acme-tfstate-lock"));
            Assert.That((string?)table["hash_key"], Is.EqualTo("LockID"));
            Assert.That((string?)table["attribute"]!.Single()["name"], Is.EqualTo("LockID"));
            Assert.That((string?)table["attribute"]!.Single()["type"], Is.EqualTo("S"));
        });
    }

    [Test, Property("Row", "S15"), Property("Finding", "B3")]
    public void Table_IsEncryptedRestorableAndKept()
    {
        JObject table = Table();

        Assert.Multiple(() =>
        {
            // With the key that DynamoDB owns: aws/dynamodb would be used as the caller.
            Assert.That((bool?)table["server_side_encryption"]!["enabled"], Is.False);
            Assert.That((bool?)table["point_in_time_recovery"]!["enabled"], Is.True);
            Assert.That((bool?)table["deletion_protection_enabled"], Is.True);
            Assert.That((bool?)table["lifecycle"]!["prevent_destroy"], Is.True);
        });
    }

    [Test]
    public void Table_OfADisposableEnvironment_CanBeDestroyed()
    {
        JObject table = Table(disposable: true);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)table["deletion_protection_enabled"], Is.False);
            Assert.That(table["lifecycle"]?["prevent_destroy"], Is.Null);
        });
    }
}
