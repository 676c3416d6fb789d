using System.IO.Compression;
using System.Text;
using Infra.Operations.Output;
using Infra.Operations.Scheduling;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Scheduling;

[TestFixture]
internal sealed class StoredDeploymentTests
{
    private static readonly JObject Manifest =
        StoredDeployment.Describe("acme", "dev", "0123abc", new Version(1, 11, 4), DateTimeOffset.UnixEpoch);

    private static byte[] Packed() => StoredDeployment.Pack(Encoding.UTF8.GetBytes("{}\n"), Encoding.UTF8.GetBytes("# locks\n"), Manifest);

    [Test, Property("Row", "D10")]
    public void Archive_HoldsStackLockFileManifestAndChecksums()
    {
        Dictionary<string, byte[]> files = StoredDeployment.Unpack(Packed());

        Assert.That(files.Keys, Is.EqualTo(new[] { "cdk.tf.json", ".terraform.lock.hcl", "manifest.json", "SHA256SUMS" }));
        Assert.That(Encoding.UTF8.GetString(files["cdk.tf.json"]), Is.EqualTo("{}\n"));
        Assert.That(JObject.Parse(Encoding.UTF8.GetString(files["manifest.json"])).ToString(),
            Does.Contain("0123abc").And.Contain("1.11.4").And.Contain("acme"));
        Assert.That(
            Encoding.ASCII.GetString(files["SHA256SUMS"]),
            Does.Contain("ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356  cdk.tf.json\n"),
            "sha256sum of {} and a line feed");
    }

    [Test]
    public void Archive_OfTheSameContent_IsTheSame()
    {
        byte[] first = Packed();
        Assert.That(Packed(), Is.EqualTo(first));
    }

    [Test]
    public void Archive_ThatWasChanged_IsRefused()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Packed());
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry("cdk.tf.json")!.Delete();
            using var writer = new StreamWriter(archive.CreateEntry("cdk.tf.json").Open());
            writer.Write("{ \"resource\": {} }");
        }

        Assert.That(
            () => StoredDeployment.Unpack(bytes.ToArray()),
            Throws.TypeOf<OperationException>().With.Message.Contains("cdk.tf.json does not match its checksum"));
    }

    [TestCase("")]
    [TestCase("not an archive")]
    public void SomethingElse_IsRefused(string content) =>
        Assert.That(() => StoredDeployment.Unpack(Encoding.UTF8.GetBytes(content)), Throws.TypeOf<OperationException>());
}
