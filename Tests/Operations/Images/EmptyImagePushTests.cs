using Infra.Configuration.Model;
using Infra.Operations.Images;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Images;

[Property("Finding", "U19")]
internal sealed class EmptyImagePushTests
{
    [Test]
    public void Image_OfEachTag_HasItsOwnDigest_AndTheSameOneAgain()
    {
        string first = EmptyImagePush.Image("v1", CpuArchitecture.Arm64).Manifest.Digest;
        Assert.That(EmptyImagePush.Image("v1", CpuArchitecture.Arm64).Manifest.Digest, Is.EqualTo(first));
        Assert.That(EmptyImagePush.Image("v2", CpuArchitecture.Arm64).Manifest.Digest, Is.Not.EqualTo(first));
    }

    [TestCase(CpuArchitecture.Arm64, "arm64")]
    [TestCase(CpuArchitecture.X64, "amd64")]
    public void Image_IsForTheArchitectureOfTheService(CpuArchitecture architecture, string expected)
    {
        (ImageManifest manifest, byte[] config) = EmptyImagePush.Image("v1", architecture);
        Assert.That((string?)JObject.Parse(System.Text.Encoding.UTF8.GetString(config))["architecture"], Is.EqualTo(expected));
        Assert.That(manifest.Blobs.First(), Is.EqualTo(new ImageBlob(ImageManifest.DigestOf(config), config.Length)));
    }
}
