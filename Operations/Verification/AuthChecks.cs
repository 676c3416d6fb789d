using Amazon.S3;
using Amazon.S3.Model;
using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Newtonsoft.Json.Linq;

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

    private async Task<string> WhoAsync(CancellationToken cancellation) =>
        (await _access.Api("sts").QueryAsync("GetCallerIdentity", cancellation: cancellation)).Descendants("Arn").Single().Value;

    private async Task<string> RegistryAsync(CancellationToken cancellation)
    {
        JObject answer = await _access.Api("ecr").JsonAsync("GetAuthorizationToken", [], cancellation);
        return $"signed in to {answer["authorizationData"]![0]!["proxyEndpoint"]}";
    }

    private async Task<string> ServiceAsync(string service, CancellationToken cancellation)
    {
        JObject answer = await _access.Api("ecs").JsonAsync(
            "DescribeServices", new JObject { ["cluster"] = _names.Cluster, ["services"] = new JArray(_names.For(NameRule.Ecs, service)) },
            cancellation);
        return answer["services"]!.FirstOrDefault() is { } found
            ? $"{found["status"]}, {found["runningCount"]} of {found["desiredCount"]} tasks"
            : throw OperationException.Failed("runtime does not exist: asleep, or not deployed");
    }

    private async Task<string> LedgerAsync(string service, CancellationToken cancellation)
    {
        JObject answer = await _access.Api("ssm")
            .JsonAsync("GetParameter", new JObject { ["Name"] = _names.Release(service) }, cancellation);
        return $"the ledger contains {answer["Parameter"]!["Value"]}";
    }

    private async Task<string> BucketAsync(string bucket, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = _access.S3();
        ListObjectsV2Response answer =
            await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, MaxKeys = 1 }, cancellation);
        return $"{bucket} {(answer.KeyCount > 0 ? "contains a site" : "is empty")}";
    }
}
