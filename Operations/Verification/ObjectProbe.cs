using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.Output;

namespace Infra.Operations.Verification;

/// <summary>Creates, reads, changes and removes one object; nothing is left but its versions, which the bucket's lifecycle takes away.</summary>
internal static class ObjectProbe
{
    /// <summary>Where such objects lie; the delivery role may write nowhere else in a data bucket.</summary>
    public const string Prefix = Names.ProbePrefix;

    /// <exception cref="OperationException">What was read is not what was written.</exception>
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

        return $"{bucket}: created, read, updated, removed";
    }

    private static async Task WriteAndReadAsync(AmazonS3Client s3, string bucket, string key, string text, CancellationToken cancellation)
    {
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text }, cancellation);
        using GetObjectResponse answer = await s3.GetObjectAsync(bucket, key, cancellation);
        using var reader = new StreamReader(answer.ResponseStream, Encoding.UTF8);
        if (await reader.ReadToEndAsync(cancellation) is var read && read != text)
            throw OperationException.Failed($"{bucket}/{key} holds '{read}' after '{text}' was written");
    }
}
