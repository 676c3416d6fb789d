using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.AwsClients;
using Infra.Operations.Images;
using Infra.Operations.Ledger;
using Infra.Operations.Releases;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// Released images are exported to S3 and imported again on the local AWS, by roles that have exactly the policies of
/// docs/runbooks/disaster-recovery.md.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "D-L4")]
internal sealed class ImageExportTests
{
    private const string Account = "111111111111";
    private const string Region = "us-west-2";
    private const string Repository = "durable-code-test-backend";
    private const string Bucket = "durable-code-test-image-exports-dev-111111111111";

    private Sandbox _sandbox = null!;
    private DocumentedRole _export = null!;
    private DocumentedRole _import = null!;
    private string _first = null!;
    private string _second = null!;

    // Larger than a part of an upload.
    private readonly byte[] _layer = RandomNumberGenerator.GetBytes(11 * 1024 * 1024);

    [OneTimeSetUp]
    public async Task Deploy()
    {
        _sandbox = new Sandbox();
        _sandbox.Environment("dev", $$"""
            {
              "name": "dev", "project": "durable-code-test", "account": "{{Account}}", "region": "{{Region}}", "disposable": true,
              "naming": { "prefix": "{project}", "repository": "{project}-{purpose}" },
              "network": { "cidr": "10.50.0.0/16", "zones": ["a", "b"], "nat": "single" },
              "services": { "backend": { "port": 8000, "desired": 1 } },
              "repositories": { "backend": {} },
              "buckets": { "image-exports": {} },
              "backup": { "imageBucket": "image-exports" }
            }
            """);
        Infra(null, 0, "deploy");
        _first = await ImagePush.IndexAsync(Upload, "v1", _layer);
        _second = (await ImagePush.ImageAsync(Upload, "v2", Encoding.UTF8.GetBytes("{}"))).Digest;
        _export = await DocumentedRole.CreateAsync(_sandbox, Account, Region, "images-export", "Export");
        _import = await DocumentedRole.CreateAsync(_sandbox, Account, Region, "images-import", "Import");
        Infra(null, 0, "release", "backend", _first);
    }

    [OneTimeTearDown]
    public void Stop() => _sandbox.Dispose();

    [Test, Order(1)]
    public async Task DryRun_SaysWhatWouldBeCopied_AndCopiesNothing()
    {
        Run run = Infra(_export, 5, "images", "export", "--dry-run");
        Assert.That(run.Output, Does.Contain($"backend: {ImageReference.Short(_first)}: 4 of 4 layers to copy, 11.5 MB"));
        Assert.That(await KeysAsync(), Is.Empty);
    }

    [Test, Order(2)]
    public async Task Export_CopiesManifestsAndLayers_EachOnce()
    {
        Run run = Infra(_export, 0, "images", "export");
        string[] keys = await KeysAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("backend: ").And.Contain("4 of 4 layers are copied"));
            Assert.That(run.Output, Does.Match($@"s3://{Bucket}/oci/: 11\.5 MB copied, 11\.5 MB in total, about 0\.00 USD a month"));
            // An index of two manifests, which share a layer, each with a configuration and a layer of its own.
            Assert.That(keys.Count(key => key.StartsWith("oci/blobs/sha256/", StringComparison.Ordinal)), Is.EqualTo(3 + 4));
            Assert.That(keys, Has.Member("oci/index.json").And.Member("oci/oci-layout"));
            Assert.That(await TextAsync("oci/oci-layout"), Is.EqualTo("""{ "imageLayoutVersion": "1.0.0" }"""));
        }

        JToken image = JObject.Parse(await TextAsync("oci/index.json"))["manifests"]!.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)image["digest"], Is.EqualTo(_first));
            Assert.That((string?)image["annotations"]!["org.opencontainers.image.ref.name"], Is.EqualTo("backend:v1"));
            Assert.That((string?)image["annotations"]!["infra.released"], Is.EqualTo("backend"));
        }
    }

    [Test, Order(3)]
    public async Task SecondExport_CopiesNothing()
    {
        DateTime? written = await WrittenAsync("oci/index.json");
        Run run = Infra(_export, 0, "images", "export");
        Assert.That(run.Output, Does.Contain("0 of 4 layers are copied").And.Contain("0.0 MB copied"));
        Assert.That(await WrittenAsync("oci/index.json"), Is.EqualTo(written));
        Assert.That(Infra(_export, 0, "images", "export", "--dry-run").Output, Does.Contain("0 of 4 layers to copy"));
    }

    [Test, Order(4)]
    public async Task DeletedImage_IsImportedWithTheSameDigest_AndReleased()
    {
        Infra(null, 0, "release", "backend", _second);
        await DeleteAsync();
        Assert.That(await Registry.FindAsync(_first, null, default), Is.Null);
        Assert.That(Infra(null, 2, "release", "backend", _first).Output, Does.Contain($"has no image {_first}"));

        Assert.That(Infra(_import, 5, "images", "import", "--dry-run").Output,
            Does.Contain($"{Repository}: {ImageReference.Short(_first)} would be imported"));
        Assert.That(await Registry.FindAsync(_first, null, default), Is.Null);
        Run run = Infra(_import, 0, "images", "import");

        RegistryImage? found = await Registry.FindAsync(_first, null, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain($"{Repository}: {ImageReference.Short(_first)} is imported, 4 layers"));
            Assert.That(run.Output, Does.Contain($"to release it: ./infra release backend {_first}"));
            Assert.That(found!.Digest, Is.EqualTo(_first));
            Assert.That(found.Tags, Has.Member("v1"));
            Assert.That(await LayerAsync(ImageManifest.DigestOf(_layer)), Is.EqualTo(_layer));
        }

        Infra(null, 0, "release", "backend", _first);
        RunningService running =
            (await new ServiceRollout(_sandbox.Access(Account, Region), "durable-code-test", "durable-code-test-backend", "backend")
                .ReadAsync(default))!;
        Assert.That(running.Image, Does.EndWith($"{Repository}@{_first}"));
        Assert.That(Infra(_import, 0, "images", "import").Output, Does.Contain("is already in the repository"));
    }

    [Test, Order(5)]
    public async Task LayerThatWasChangedInTheBucket_IsNotImported()
    {
        Infra(null, 0, "release", "backend", _second);
        await DeleteAsync();
        using AmazonS3Client s3 = _sandbox.Access(Account, Region).S3();
        byte[] changed = [.. _layer];
        changed[^1] ^= 1;
        await s3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Bucket,
            Key = $"oci/blobs/sha256/{ImageManifest.DigestOf(_layer)["sha256:".Length..]}",
            InputStream = new MemoryStream(changed),
        });
        Run run = Infra(_import, 1, "images", "import");
        Assert.That(run.Output, Does.Contain($"{ImageManifest.DigestOf(_layer)} does not match its digest"));
        Assert.That(await Registry.FindAsync(_first, null, default), Is.Null);
    }

    [Test, Order(6)]
    public void RolesOfExportAndImport_HaveNoOtherPermissions()
    {
        Assert.That(Infra(_export, 1, "images", "import").Output, Does.Contain("ecr:"));
        Assert.That(Infra(_import, 1, "images", "export").Output, Does.Contain("ssm:GetParameterHistory"));
    }

    private ImageUpload Upload => new(_sandbox.Access(Account, Region), Repository);

    private ImageRegistry Registry => new(_sandbox.Access(Account, Region), Repository);

    private Run Infra(DocumentedRole? role, int exitCode, params string[] arguments) => _sandbox.ExpectAs(
        role?.Session, exitCode, [.. arguments, "--env", _sandbox.EnvironmentFile("dev"), "--emulator", "--yes"]);

    /// <summary>Deletes the first image with its layers.</summary>
    private async Task DeleteAsync()
    {
        var ecr = _sandbox.Access(Account, Region).Api("ecr");
        JObject listed = await ecr.JsonAsync("ListImages", new JObject { ["repositoryName"] = Repository });
        await ecr.JsonAsync("BatchDeleteImage", new JObject
        {
            ["repositoryName"] = Repository,
            ["imageIds"] = new JArray(listed["imageIds"]!.Select(image => (string)image["imageDigest"]!).Distinct()
                .Where(digest => digest != _second).Select(digest => new JObject { ["imageDigest"] = digest })),
        });
    }

    private async Task<byte[]> LayerAsync(string digest)
    {
        string url = await new EcrClient(_sandbox.Access(Account, Region)).GetDownloadUrlForLayerAsync(Repository, digest, default);
        using var http = new HttpClient();
        return await http.GetByteArrayAsync(new Uri(url));
    }

    private async Task<string[]> KeysAsync()
    {
        using AmazonS3Client s3 = _sandbox.Access(Account, Region).S3();
        ListObjectsV2Response listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        return [.. (listed.S3Objects ?? []).Select(each => each.Key)];
    }

    private async Task<string> TextAsync(string key)
    {
        using AmazonS3Client s3 = _sandbox.Access(Account, Region).S3();
        using GetObjectResponse answer = await s3.GetObjectAsync(Bucket, key);
        using var reader = new StreamReader(answer.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    private async Task<DateTime?> WrittenAsync(string key)
    {
        using AmazonS3Client s3 = _sandbox.Access(Account, Region).S3();
        return (await s3.GetObjectMetadataAsync(Bucket, key)).LastModified;
    }
}
