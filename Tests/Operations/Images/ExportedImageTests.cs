using System.Text;
using Infra.Operations.Images;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Images;

/// <summary>Manifests are verified, and the index of an export keeps what was exported before.</summary>
[Property("Row", "D-L4")]
internal sealed class ExportedImageTests
{
    [Test]
    public void Manifest_WithAnotherDigest_IsNotRead()
    {
        const string Text = """{ "schemaVersion": 2 }""";
        string digest = ImageManifest.DigestOf(Encoding.UTF8.GetBytes(Text));
        Assert.That(ImageManifest.Read(digest, null, Text).Digest, Is.EqualTo(digest));
        Assert.That(
            Assert.Throws<OperationException>(() => ImageManifest.Read(digest, null, Text + " "))!.Message,
            Is.EqualTo($"the manifest of {digest} does not match its digest; it was not copied"));
    }

    [Test]
    public void Digest_IsSha256() => Assert.That(
        ImageManifest.DigestOf([]), Is.EqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    [Test]
    public void Index_OfThePlatforms_NamesManifests_AndAManifestNamesBlobs()
    {
        ImageManifest index = Read("""{ "manifests": [{ "digest": "sha256:a" }, { "digest": "sha256:b" }] }""");
        ImageManifest manifest = Read(
            """{ "config": { "digest": "sha256:c", "size": 2 }, "layers": [{ "digest": "sha256:d", "size": 3 }] }""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(index.Children, Is.EqualTo(new[] { "sha256:a", "sha256:b" }));
            Assert.That(index.Blobs, Is.Empty);
            Assert.That(manifest.Children, Is.Empty);
            Assert.That(manifest.Blobs, Is.EqualTo(new[] { new ImageBlob("sha256:c", 2), new ImageBlob("sha256:d", 3) }));
        }
    }

    [Test]
    public void Descriptor_IsReadAsItWasWritten()
    {
        var image = new ExportedImage("backend", "sha256:a", ImageManifest.OciType, 7, ["v1", "released.x"], ["backend", "worker"]);
        JObject json = image.ToJson();
        Assert.That((string?)json["annotations"]!["org.opencontainers.image.ref.name"], Is.EqualTo("backend:v1"));
        Assert.That(ExportedImage.Read(json).ToJson().ToString(), Is.EqualTo(json.ToString()));
    }

    [Test]
    public void NewExport_KeepsEarlierImages_WhichAreNoLongerReleased()
    {
        ExportedImage Image(string digest, params string[] released) =>
            new("backend", digest, ImageManifest.OciType, 7, ["v1"], released);
        List<ExportedImage> merged = ImageExport.Merged(
            [Image("sha256:a", "backend", "worker"), Image("sha256:b")], [Image("sha256:b", "backend")]);
        Assert.That(
            merged.Select(image => $"{image.Digest} {string.Join(' ', image.Released)}"),
            Is.EqualTo(new[] { "sha256:a worker", "sha256:b backend" }));
    }

    private static ImageManifest Read(string text) => ImageManifest.Read(ImageManifest.DigestOf(Encoding.UTF8.GetBytes(text)), null, text);
}
