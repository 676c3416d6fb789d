using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Verification;

/// <summary>Checks the credentials, and for each service one permission that delivery needs. The account was verified before.</summary>
internal sealed class AuthChecks(Connection connection)
{
    private readonly EnvironmentConfig _config = connection.Environment.Config;
    private readonly Names _names = connection.Environment.Names;
    private readonly AwsAccess _access = connection.Access;

    public IReadOnlyList<Check> All() =>
    [
        new("sts", WhoAsync),
        .. _config.Repositories.Count == 0 ? [] : new Check[] { new("ecr", RegistryAsync) },
        .. _config.Services.Keys.Order(StringComparer.Ordinal).SelectMany(service => new Check[]
        {
            new($"ecs {service}", cancellation => ServiceAsync(service, cancellation)),
            new($"ssm {service}", cancellation => LedgerAsync(service, cancellation)),
        }),
        .. _config.Sites.Keys.Order(StringComparer.Ordinal)
            .Select(site => new Check($"s3 {site}", cancellation => BucketAsync(_names.Bucket(site), cancellation))),
    ];

    private async Task<string> WhoAsync(CancellationToken cancellation)
    {
        using AmazonSecurityTokenServiceClient sts = _access.SecurityTokenService();
        return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation)).Arn;
    }

    private async Task<string> RegistryAsync(CancellationToken cancellation) =>
        $"signed in to {await new EcrClient(_access).GetAuthorizationTokenAsync(cancellation)}";

    private async Task<string> ServiceAsync(string service, CancellationToken cancellation)
    {
        IReadOnlyList<EcsService> found =
            await new EcsClient(_access).DescribeServicesAsync(_names.Cluster, _names.Service(service), cancellation);
        return found.Count > 0
            ? $"{found[0].Status}, {found[0].RunningCount} of {found[0].DesiredCount} tasks"
            : throw OperationException.Failed("runtime does not exist: asleep, or not deployed");
    }

    private async Task<string> LedgerAsync(string service, CancellationToken cancellation) =>
        $"the ledger contains {await new SsmClient(_access).GetParameterAsync(_names.Release(service), cancellation)}";

    private async Task<string> BucketAsync(string bucket, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = _access.S3();
        ListObjectsV2Response answer =
            await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, MaxKeys = 1 }, cancellation);
        return $"{bucket} {(answer.KeyCount > 0 ? "contains a site" : "is empty")}";
    }
}
