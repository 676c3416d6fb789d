using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Support;

internal sealed class AddressChangesTests
{
    private static JObject Stack(string id, string bucket, string? moved = null)
    {
        JObject stack =
            JObject.Parse(
                $$"""{ "resource": { "aws_s3_bucket": { "{{id}}": { "bucket": "{{bucket}}", "force_destroy": false, "//": { "metadata": "{{id}}" } } } } }""");
        if (moved is not null) stack["moved"] = new JArray(new JObject { ["from"] = moved, ["to"] = $"aws_s3_bucket.{id}" });
        return stack;
    }

    private static AddressChanges Changes(JObject before, JObject after)
    {
        static string[] Addresses(JObject stack) =>
            [.. stack["resource"]!["aws_s3_bucket"]!.Children<JProperty>().Select(bucket => $"aws_s3_bucket.{bucket.Name}")];
        return AddressChanges.Between(Addresses(before), Addresses(after), before, after);
    }

    [Test]
    public void SameArguments_UnderAnotherAddress_IsARename()
    {
        AddressChanges changes = Changes(Stack("files", "acme-files"), Stack("documents", "acme-files"));

        Assert.Multiple(() =>
        {
            Assert.That(changes.Renamed, Is.EqualTo(new[] { ("aws_s3_bucket.files", "aws_s3_bucket.documents") }));
            Assert.That(changes.Removed.Concat(changes.Added), Is.Empty);
            Assert.That(changes.Describe(), Does.Contain("renamed  aws_s3_bucket.files -> aws_s3_bucket.documents")
                .And.Contain("destroys the old one with its data")
                .And.Contain(".MoveFromId(\"aws_s3_bucket.files\")"));
        });
    }

    [Test]
    public void MovedBlock_KeepsTheResource()
    {
        AddressChanges changes = Changes(Stack("files", "acme-files"), Stack("documents", "acme-files", moved: "aws_s3_bucket.files"));

        Assert.Multiple(() =>
        {
            Assert.That(changes.Moved, Is.EqualTo(new[] { ("aws_s3_bucket.files", "aws_s3_bucket.documents") }));
            Assert.That(changes.Renamed, Is.Empty);
            Assert.That(changes.Describe(), Does.Contain("kept by its moved block"));
        });
    }

    [Test]
    public void AnotherResource_IsNoRename()
    {
        JObject before = Stack("files", "acme-files");
        JObject after =
            JObject.Parse("""{ "resource": { "aws_s3_bucket": { "logs": { "bucket": "acme-logs", "force_destroy": true } } } }""");
        AddressChanges changes = Changes(before, after);

        Assert.Multiple(() =>
        {
            Assert.That(changes.Renamed, Is.Empty);
            Assert.That(changes.Describe(),
                Does.Contain("removed  aws_s3_bucket.files: Terraform destroys it").And.Contain("added    aws_s3_bucket.logs"));
        });
    }

    [Test]
    public void NoChange_IsNothing() => Assert.That(Changes(Stack("files", "a"), Stack("files", "b")).Describe(), Is.Empty);
}
