using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.Output;

namespace Infra.Operations.Verification;

/// <summary>
/// Creates, reads, updates and deletes one object; only its versions are left, which the bucket's lifecycle rule deletes.
/// </summary>
internal static class ObjectProbe
{
    /// <summary>Prefix of such objects; the delivery role may only write there in a data bucket.</summary>
    public const string Prefix = Names.ProbePrefix;

    /// <exception cref="OperationException">The object read differs from the one written.</exception>
    public static async Task<string> RunAsync(AwsAccess access, string bucket, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = access.S3();
        string key = $"{Prefix}{Guid.NewGuid():N}";
        try
        {
            await WriteAndReadAsync(s3, bucket, key, "created", cancellation);
            await WriteAndReadAsync(s3, bucket, key, "updated", cancellation);
        }
        finally
        {
            await s3.DeleteObjectAsync(bucket, key, CancellationToken.None);
        }

        return $"{bucket}: created, read, updated, deleted";
    }

    private static async Task WriteAndReadAsync(AmazonS3Client s3, string bucket, string key, string text, CancellationToken cancellation)
    {
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text }, cancellation);
        using GetObjectResponse answer = await s3.GetObjectAsync(bucket, key, cancellation);
        using var reader = new StreamReader(answer.ResponseStream, Encoding.UTF8);
        if (await reader.ReadToEndAsync(cancellation) is var read && read != text)
            throw OperationException.Failed($"{bucket}/{key} contains '{read}' after '{text}' was written");
    }
}
