using Amazon.S3;
using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Images;

/// <summary>The bucket of exported images, as the command line or the environment file names it.</summary>
/// <param name="Name">Bucket; null means <c>backup.imageBucket</c>.</param>
/// <param name="Region">Its Region; null means the environment's.</param>
internal sealed record ImageBucket(string? Name, string? Region)
{
    // Of one request: parts of large layers take long on a slow connection.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    /// <summary>Name of the bucket.</summary>
    /// <exception cref="OperationException">There is none.</exception>
    public string NameFor(Connection connection) => Name
        ?? (connection.Environment.Config.Backup?.ImageBucket is { } purpose ? connection.Environment.Names.Bucket(purpose) : null)
        ?? throw OperationException.BadInput(
            $"{connection.Environment.Config.Name} has no bucket for images",
            "set backup.imageBucket to one of its buckets then ./infra deploy --env NAME, or pass --bucket NAME");

    public AmazonS3Client Client(Connection connection) => connection.Access.S3(s_patience, Region);
}
