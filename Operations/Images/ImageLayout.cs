using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Infra.Operations.Output;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Images;

/// <summary>
/// An OCI image layout in a bucket: each blob once by its digest, and an index of the images.
/// https://github.com/opencontainers/image-spec/blob/main/image-layout.md
/// </summary>
internal sealed class ImageLayout
{
    /// <summary>Prefix of all objects.</summary>
    public const string Prefix = "oci/";

    private const string IndexKey = $"{Prefix}index.json";

    private readonly IAmazonS3 _s3;
    private readonly string _bucket;
    private readonly Dictionary<string, long> _blobs;

    private ImageLayout(IAmazonS3 s3, string bucket, Dictionary<string, long> blobs)
    {
        _s3 = s3;
        _bucket = bucket;
        _blobs = blobs;
    }

    /// <summary>Size of all blobs.</summary>
    public long Size => _blobs.Values.Sum();

    /// <summary>Lists the blobs of a bucket.</summary>
    /// <exception cref="OperationException">There is no such bucket.</exception>
    public static async Task<ImageLayout> OpenAsync(IAmazonS3 s3, string bucket, CancellationToken cancellation)
    {
        var blobs = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            await foreach (S3Object found in s3.Paginators.ListObjectsV2(
                new ListObjectsV2Request { BucketName = bucket, Prefix = $"{Prefix}blobs/sha256/" }).S3Objects
                .WithCancellation(cancellation))
                blobs[$"sha256:{found.Key.Split('/')[^1]}"] = found.Size ?? 0;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw OperationException.BadInput(
                $"there is no bucket {bucket}", "base creates the one in backup.imageBucket: ./infra deploy --env NAME; or pass --bucket");
        }

        return new ImageLayout(s3, bucket, blobs);
    }

    public bool Has(ImageBlob blob) => _blobs.TryGetValue(blob.Digest, out long size) && size == blob.Size;

    /// <summary>Stores a blob whose digest was verified.</summary>
    public async Task PutAsync(ImageBlob blob, string file, CancellationToken cancellation)
    {
        // Large files are uploaded in parts.
        using var transfer = new TransferUtility(_s3);
        await transfer.UploadAsync(
            new TransferUtilityUploadRequest { BucketName = _bucket, Key = KeyOf(blob.Digest), FilePath = file }, cancellation);
        _blobs[blob.Digest] = blob.Size;
    }

    /// <summary>Stores a manifest.</summary>
    public async Task PutAsync(ImageManifest manifest, CancellationToken cancellation)
    {
        var blob = new ImageBlob(manifest.Digest, manifest.Content.Length);
        if (Has(blob))
            return;
        await WriteAsync(KeyOf(manifest.Digest), manifest.Text, cancellation);
        _blobs[blob.Digest] = blob.Size;
    }

    /// <summary>The manifest of an image and, if it is an index, those that it refers to; the index is last.</summary>
    public Task<IReadOnlyList<ImageManifest>> ManifestsAsync(string digest, string mediaType, CancellationToken cancellation) =>
        ImageManifest.WithChildrenAsync(digest, async each =>
        {
            string text = await ReadAsync(KeyOf(each), cancellation)
                ?? throw OperationException.Failed($"bucket {_bucket} has no manifest {each}, which its index names");
            // The index of the bucket only names the media type of the image itself.
            return ImageManifest.Read(each, each == digest ? mediaType : null, text);
        });

    /// <summary>Copies a blob into a file and verifies its digest.</summary>
    public async Task DownloadAsync(ImageBlob blob, string file, CancellationToken cancellation)
    {
        if (!Has(blob))
            throw OperationException.Failed($"bucket {_bucket} has no layer {blob.Digest} of {blob.Size} bytes");
        using GetObjectResponse answer = await _s3.GetObjectAsync(_bucket, KeyOf(blob.Digest), cancellation);
        await VerifiedFile.WriteAsync(answer.ResponseStream, blob.Digest, file, cancellation);
    }

    /// <summary>The images of the index; none before the first export.</summary>
    public async Task<IReadOnlyList<ExportedImage>> ReadIndexAsync(CancellationToken cancellation) =>
        await ReadAsync(IndexKey, cancellation) is { } text
            ? [.. JObject.Parse(text)["manifests"]!.Cast<JObject>().Select(ExportedImage.Read)]
            : [];

    /// <summary>Writes the index, after the blobs that it names.</summary>
    public async Task WriteIndexAsync(IEnumerable<ExportedImage> images, CancellationToken cancellation)
    {
        await WriteAsync($"{Prefix}oci-layout", """{ "imageLayoutVersion": "1.0.0" }""", cancellation);
        await WriteAsync(IndexKey, new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.index.v1+json",
            ["manifests"] = new JArray(images.Select(image => image.ToJson())),
        }.ToString(Formatting.Indented), cancellation);
    }

    private static string KeyOf(string digest) => $"{Prefix}blobs/sha256/{digest["sha256:".Length..]}";

    private Task WriteAsync(string key, string text, CancellationToken cancellation) => _s3.PutObjectAsync(
        new PutObjectRequest { BucketName = _bucket, Key = key, ContentBody = text, ContentType = "application/json" }, cancellation);

    private async Task<string?> ReadAsync(string key, CancellationToken cancellation)
    {
        try
        {
            using GetObjectResponse answer = await _s3.GetObjectAsync(_bucket, key, cancellation);
            using var reader = new StreamReader(answer.ResponseStream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
