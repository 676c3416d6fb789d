using System.Xml.Linq;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>
/// What an account contains: single actions of S3, Lambda, CloudFormation, IAM, ECS, RDS, Elastic Load Balancing, KMS and the Resource
/// Groups Tagging API.
/// </summary>
internal sealed class AccountInventory(AwsAccess access)
{
    /// <summary>Aliases of the account: <c>iam:ListAccountAliases</c>.</summary>
    public async Task<IReadOnlyList<string>> AccountAliasesAsync(CancellationToken cancellation) =>
        await NamesAsync("iam", "ListAccountAliases", answer => answer.Descendants("AccountAliases").Elements("member"), cancellation);

    /// <summary>Names of the buckets in a region: <c>s3:ListAllMyBuckets</c>.</summary>
    public async Task<IReadOnlyList<string>> BucketsAsync(string region, CancellationToken cancellation)
    {
        // AWS filters by region only at the endpoint of that region.
        using AmazonS3Client s3 = access.S3(region: region);
        var names = new List<string>();
        string? token = null;
        do
        {
            ListBucketsResponse page = await s3.ListBucketsAsync(
                new ListBucketsRequest { BucketRegion = region, MaxBuckets = 1000, ContinuationToken = token }, cancellation);
            names.AddRange((page.Buckets ?? []).Select(bucket => bucket.BucketName));
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
        return names;
    }

    /// <summary>Names of the layers in a region, with the number of their newest version: <c>lambda:ListLayers</c>.</summary>
    public async Task<IReadOnlyList<(string Name, long Newest)>> LayersAsync(string region, CancellationToken cancellation)
    {
        AwsApi lambda = access.Api("lambda", region);
        var layers = new List<(string, long)>();
        string? marker = null;
        do
        {
            JObject page = await lambda.RestAsync(
                HttpMethod.Get, $"/2018-10-31/layers",
                query: marker is null ? null : new Dictionary<string, string> { ["Marker"] = marker }, cancellation: cancellation);
            layers.AddRange(((JArray?)page["Layers"] ?? []).Select(
                layer => ((string)layer["LayerName"]!, (long)layer.SelectToken("LatestMatchingVersion.Version")!)));
            marker = (string?)page["NextMarker"];
        }
        while (!string.IsNullOrEmpty(marker));
        return layers;
    }

    /// <summary>Names of the CloudFormation stacks in a region that are not deleted: <c>cloudformation:ListStacks</c>.</summary>
    public async Task<IReadOnlyList<string>> StacksAsync(string region, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (XElement page in access.Api("cloudformation", region)
            .QueryPagesAsync("ListStacks", new Dictionary<string, string>(), "NextToken", cancellation))
            names.AddRange(page.Descendants("StackSummaries").Elements("member")
                // Deleted stacks are listed for 90 days.
                .Where(stack => (string?)stack.Element("StackStatus") != "DELETE_COMPLETE")
                .Select(stack => (string)stack.Element("StackName")!));
        return names;
    }

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
