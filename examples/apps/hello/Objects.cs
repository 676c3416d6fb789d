using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;

namespace Hello;

/// <summary>The objects of the service's bucket: listed, written, read.</summary>
internal sealed partial class Objects(IAmazonS3 s3, Surroundings surroundings, ILogger<Objects> log)
{
    /// <summary>Maximum size of an object that is written, in bytes: it is buffered in memory.</summary>
    public const int Largest = 1024 * 1024;

    private const int LongestKey = 200;
    private const int MostListed = 100;

    public Task<IResult> ListAsync(CancellationToken cancellation) => AnsweringAsync(async () =>
    {
        var page = await s3.ListObjectsV2Async(new() { BucketName = surroundings.Bucket, MaxKeys = MostListed }, cancellation);
        return Results.Json(new
        {
            bucket = surroundings.Bucket,
            objects = (page.S3Objects ?? []).Select(found => new { key = found.Key, bytes = found.Size }),
            more = page.IsTruncated ?? false,
        });
    });

    public Task<IResult> WriteAsync(string key, Stream body, CancellationToken cancellation) => AnsweringAsync(async () =>
    {
        if (Reject(key) is { } rejected)
            return rejected;
        using var content = new MemoryStream();
        try
        {
            await body.CopyToAsync(content, cancellation);
        }
        catch (BadHttpRequestException e)
        {
            return Problem((HttpStatusCode)e.StatusCode,
                e.StatusCode == (int)HttpStatusCode.RequestEntityTooLarge ? $"more than {Largest} bytes" : e.Message);
        }

        content.Position = 0;
        await s3.PutObjectAsync(
            new() { BucketName = surroundings.Bucket, Key = key, InputStream = content, AutoCloseStream = false }, cancellation);
        return Results.Json(new { key, bytes = content.Length });
    });

    public Task<IResult> ReadAsync(string key, HttpResponse response, CancellationToken cancellation) => AnsweringAsync(async () =>
    {
        if (Reject(key) is { } rejected)
            return rejected;
        var found = await s3.GetObjectAsync(surroundings.Bucket, key, cancellation);
        response.RegisterForDispose(found);
        // Browsers must not interpret a stored object as a page.
        response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(found.ResponseStream);
    });

    private static IResult? Reject(string key) => key.Length <= LongestKey && Key().IsMatch(key)
        ? null
        : Problem(
            HttpStatusCode.BadRequest,
            $"a key has at most {LongestKey} characters: letters, digits and . _ - in parts separated by slashes; no part starts with a dot");

    private static IResult Problem(HttpStatusCode status, string error) => Results.Json(new { error }, statusCode: (int)status);

    /// <summary>Returns errors of S3 by their code; details are in the log.</summary>
    private async Task<IResult> AnsweringAsync(Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            return Problem(HttpStatusCode.NotFound, e.ErrorCode);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            BucketFailed(surroundings.Bucket, e);
            return Problem(HttpStatusCode.BadGateway, (e as AmazonServiceException)?.ErrorCode ?? "the bucket cannot be reached");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z")]
    private static partial Regex Key();

    [LoggerMessage(Level = LogLevel.Error, Message = "bucket {Bucket} failed")]
    private partial void BucketFailed(string bucket, Exception exception);
}
