using System.Net.Sockets;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Verification;

/// <summary>Checks that buckets, registry and network exist and can be reached.</summary>
internal sealed class InfrastructureChecks(Connection connection)
{
    private readonly EnvironmentConfig _config = connection.Environment.Config;
    private readonly Names _names = connection.Environment.Names;
    private readonly AwsAccess _access = connection.Access;

    public IReadOnlyList<Check> All() =>
    [
        .. _config.Buckets.Keys.Order(StringComparer.Ordinal)
            .Select(purpose => new Check($"bucket {purpose}", cancellation => BucketAsync(_names.Bucket(purpose), cancellation))),
        .. _config.Repositories.Keys.Order(StringComparer.Ordinal)
            .Select(app => new Check($"repository {app}", cancellation => RepositoryAsync(_names.Repository(app), cancellation))),
        .. _config.Services.Where(service => service.Value.IsListening).Select(service => service.Key).Order(StringComparer.Ordinal)
            .Select(service => new Check($"network {service}", cancellation => ReachedAsync(service, cancellation))),
    ];

    private async Task<string> BucketAsync(string bucket, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = _access.S3();
        await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, Prefix = ObjectProbe.Prefix, MaxKeys = 1 }, cancellation);
        return $"{bucket} was reached";
    }

    /// <summary>Pull: lists the images. Push: starts an upload, which ECR expires automatically.</summary>
    private async Task<string> RepositoryAsync(string repository, CancellationToken cancellation)
    {
        var ecr = new EcrClient(_access);
        IReadOnlyList<EcrImageDetail> images = await ecr.DescribeImagesAsync(repository, cancellation);
        EcrLayerUpload upload = await ecr.InitiateLayerUploadAsync(repository, cancellation);
        return $"{repository} has {images.Count} images, and {(upload.UploadId is null ? "rejects" : "accepts")} uploads";
    }

    private async Task<string> ReachedAsync(string service, CancellationToken cancellation)
    {
        var url = new Uri(await DiscoveredAsync(_access, _names, $"services/{service}/url", cancellation));
        if (connection.OnEmulator)
            return $"{url.Host} (not checked: the emulator does not serve requests)";
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(url.Host, url.Port, cancellation);
        }
        catch (SocketException e)
        {
            throw OperationException.Failed($"{url.Host}:{url.Port} was not reached: {e.Message}");
        }

        return $"{url.Host}:{url.Port} was reached";
    }

    /// <summary>An entry of the discovery tree.</summary>
    /// <exception cref="OperationException">The parameter does not exist, for example because runtime is asleep.</exception>
    internal static async Task<string> DiscoveredAsync(AwsAccess access, Names names, string path, CancellationToken cancellation)
    {
        try
        {
            return await new SsmClient(access).GetParameterAsync(names.Discovery(path), cancellation);
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            throw OperationException.Failed(
                $"{names.Discovery(path)} does not exist: its stack is not deployed, or runtime is asleep", "./infra schedule shows which");
        }
    }
}
