using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Layers;

/// <summary>Uploads artifacts of layers to the code bucket, below the environment's key prefix.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="names">Names of the environment.</param>
/// <param name="existing">Whether the bucket belongs to another project.</param>
/// <param name="options">Options of the run, for messages.</param>
internal sealed class LayerArtifactUpload(AwsAccess access, Names names, bool existing, SessionOptions options)
{
    private static readonly TimeSpan UploadTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Uploads an artifact with its hash as key; an existing object is neither replaced nor uploaded again.</summary>
    /// <param name="layer">Layer: a name in the environment file.</param>
    /// <param name="artifact">Artifact.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>Key of the object.</returns>
    public async Task<string> UploadAsync(string layer, LayerArtifact artifact, CancellationToken cancellation)
    {
        string key = $"{names.CodePrefix}/{layer}/{artifact.Hash}.zip";
        using AmazonS3Client s3 = access.S3(UploadTimeout);
        try
        {
            if (!await ExistsAsync(s3, key, cancellation))
                await s3.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = names.CodeBucket,
                        Key = key,
                        FilePath = artifact.Path,
                        ContentType = "application/zip",
                    }, cancellation);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            throw OperationException.BadInput(
                $"code bucket {names.CodeBucket} does not exist",
                existing
                    ? "\"existingCodeBucket\" in the environment file says that another project has created it: fix \"codeBucket\", "
                        + "or remove the setting"
                    : $"base creates it: ./infra deploy {options.AsTyped} base");
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            throw OperationException.Failed($"the code bucket {names.CodeBucket} denies access: {e.Message}",
                $"the role in use lacks s3:ListBucket or s3:PutObject on it below {names.CodePrefix}/, or the bucket belongs to another "
                    + "account; nothing was published");
        }

        return key;
    }

    // Not HeadObject: for an object that does not exist it needs s3:ListBucket on the whole bucket.
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    private async Task<bool> ExistsAsync(AmazonS3Client s3, string key, CancellationToken cancellation)
    {
        ListObjectsV2Response answer = await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = names.CodeBucket, Prefix = key, MaxKeys = 1 }, cancellation);
        return (answer.S3Objects ?? []).Any(found => found.Key == key);
    }
}
