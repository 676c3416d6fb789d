using System.Text;
using Infra.Operations.Images;
using Infra.Operations.Output;
using Infra.Operations.Trial.Images;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Trial;

/// <summary>The trial's images: read from a public registry, changed to another command, pushed with ECR's API.</summary>
internal sealed class TrialImageTests
{
    private static readonly JObject Config =
        JObject.Parse("""{ "architecture": "amd64", "config": { "Cmd": ["python3"], "Env": ["A=b"] }, "rootfs": { "type": "layers" } }""");

    [Test]
    public void WithCommand_ChangesTheConfigurationAndNamesItInTheManifest()
    {
        var manifest =
            new JObject { ["config"] = new JObject { ["digest"] = "sha256:old", ["size"] = 1 }, ["layers"] = new JArray("as they were") };
        (JObject changed, byte[] config) = ImageConfig.WithCommand(manifest, Config, ["python", "-c", "pass"]);
        var read = JObject.Parse(Encoding.UTF8.GetString(config));
        Assert.Multiple(() =>
        {
            Assert.That(read.SelectToken("config.Cmd")!.Values<string>(), Is.EqualTo(new[] { "python", "-c", "pass" }));
            Assert.That(read.SelectToken("config.Env")!.Values<string>(), Is.EqualTo(new[] { "A=b" }));
            Assert.That((string?)changed.SelectToken("config.digest"), Is.EqualTo(ImageManifest.DigestOf(config)));
            Assert.That((int?)changed.SelectToken("config.size"), Is.EqualTo(config.Length));
            Assert.That(changed["layers"], Is.EqualTo(manifest["layers"]));
            Assert.That((string?)manifest.SelectToken("config.digest"), Is.EqualTo("sha256:old"), "the one it was made of stays");
        });
    }

    [Test]
    public async Task PublicImage_IsReadByArchitecture_AndChecked()
    {
        using var registry = new FakeAws();
        byte[] config = Encoding.UTF8.GetBytes(Config.ToString());
        string manifest =
            new JObject { ["config"] = new JObject { ["digest"] = ImageManifest.DigestOf(config) }, ["layers"] = new JArray() }.ToString();
        string digest = ImageManifest.DigestOf(Encoding.UTF8.GetBytes(manifest));
        registry.Always("GET /token/", _ => new FakeAws.Answer("""{ "token": "t" }""", 200));
        registry.Always("GET /v2/library/python/manifests/3", new JObject
        {
            ["manifests"] = new JArray(Platform("arm64", "sha256:other"), Platform("amd64", digest)),
        });
        registry.Always($"GET /v2/library/python/manifests/{digest}", _ => new FakeAws.Answer(manifest, 200));
        registry.Always($"GET /v2/library/python/blobs/{ImageManifest.DigestOf(config)}", _ => new FakeAws.Answer(Config.ToString(), 200));
        registry.Always("GET /v2/library/python/blobs/sha256:spoilt", _ => new FakeAws.Answer("something else", 200));

        using var image = new PublicImage(registry.Url, "library/python", "3");
        await image.ReadAsync("amd64", default);

        Assert.That((string?)image.Config.SelectToken("architecture"), Is.EqualTo("amd64"));
        Assert.That(registry.Requests.Skip(1).Select(request => request.Headers["authorization"]), Is.All.EqualTo("Bearer t"));
        Assert.That(Assert.ThrowsAsync<OperationException>(() => image.BlobAsync("sha256:spoilt", default))!.Message,
            Does.Contain("does not match sha256:spoilt"));
        Assert.That(
            Assert.ThrowsAsync<OperationException>(() => image.ReadAsync("s390x", default))!.Message, Does.Contain("no image for s390x"));
    }

    [Test]
    public async Task Upload_SendsPartsAsLargeAsEcrSays()
    {
        using var aws = new FakeAws();
        aws.Always("InitiateLayerUpload", new JObject { ["uploadId"] = "u", ["partSize"] = 4 })
            .Always("UploadLayerPart", [])
            .Tell("CompleteLayerUpload", """{ "__type": "LayerAlreadyExistsException", "message": "there" }""", 400);
        byte[] content = "0123456789"u8.ToArray();
        await new ImageUpload(aws.Access(), "infratrial/web").UploadAsync(ImageManifest.DigestOf(content), content, default);

        IReadOnlyList<JObject> parts = aws.Sent("UploadLayerPart");
        Assert.Multiple(() =>
        {
            Assert.That(parts.Select(part => ((int)part["partFirstByte"]!, (int)part["partLastByte"]!)),
                Is.EqualTo(new[] { (0, 3), (4, 7), (8, 9) }));
            Assert.That(
                string.Concat(parts.Select(part => Encoding.UTF8.GetString(Convert.FromBase64String((string)part["layerPartBlob"]!)))),
                Is.EqualTo("0123456789"));
            Assert.That((string?)aws.Sent("CompleteLayerUpload").Single().SelectToken("layerDigests[0]"),
                Is.EqualTo(ImageManifest.DigestOf(content)));
        });
    }

    [TestCase("UNAVAILABLE", false)]
    [TestCase("AVAILABLE", true)]
    public async Task Has_AsksForTheLayer(string availability, bool expected)
    {
        using var aws = new FakeAws();
        aws.Always(
            "BatchCheckLayerAvailability", new JObject { ["layers"] = new JArray(new JObject { ["layerAvailability"] = availability }) });
        Assert.That(await new ImageUpload(aws.Access(), "infratrial/web").HasAsync("sha256:a", default), Is.EqualTo(expected));
    }

    private static JObject Platform(string architecture, string digest) =>
        new() { ["digest"] = digest, ["platform"] = new JObject { ["architecture"] = architecture, ["os"] = "linux" } };
}
