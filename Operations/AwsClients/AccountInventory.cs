using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>
/// What an account contains: single actions of IAM, ECS, RDS, Elastic Load Balancing, KMS and the Resource Groups Tagging API.
/// </summary>
internal sealed class AccountInventory(AwsAccess access)
{
    /// <summary>Aliases of the account: <c>iam:ListAccountAliases</c>.</summary>
    public async Task<IReadOnlyList<string>> AccountAliasesAsync(CancellationToken cancellation) =>
        await NamesAsync("iam", "ListAccountAliases", answer => answer.Descendants("AccountAliases").Elements("member"), cancellation);

    /// <summary>ARNs of the clusters, DB instances and load balancers in the region.</summary>
    public async Task<IReadOnlyList<string>> ComputeAndDatabasesAsync(CancellationToken cancellation) =>
    [
        .. await new EcsClient(access).ListClustersAsync(cancellation),
        .. await NamesAsync("rds", "DescribeDBInstances", answer => answer.Descendants("DBInstanceArn"), cancellation),
        .. await NamesAsync(
            "elasticloadbalancing", "DescribeLoadBalancers", answer => answer.Descendants("LoadBalancerArn"), cancellation),
    ];

    /// <summary>ARNs of the resources in the region with a tag: <c>tag:GetResources</c>.</summary>
    public async Task<IEnumerable<string>> TaggedAsync(string key, string value, CancellationToken cancellation) =>
        (await access.Api("tagging").ListAsync<TaggedResource>(
            "GetResources", new { TagFilters = new[] { new { Key = key, Values = new[] { value } } } }, "ResourceTagMappingList",
            "PaginationToken", cancellation))
        .Select(resource => resource.ResourceArn);

    /// <summary>State of a KMS key: <c>kms:DescribeKey</c>.</summary>
    public Task<string?> KeyStateAsync(string key, CancellationToken cancellation) =>
        access.Api("kms").JsonAsync<string>("DescribeKey", new { KeyId = key }, "KeyMetadata.KeyState", cancellation);

    private async Task<IReadOnlyList<string>> NamesAsync(
        string service, string action, Func<XElement, IEnumerable<XElement>> select, CancellationToken cancellation) =>
        [.. select(await access.Api(service).QueryAsync(action, cancellation: cancellation)).Select(element => element.Value)];

    private sealed record TaggedResource(string ResourceArn);
}
