using System.Xml.Linq;
using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Trial.Runs;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial;

/// <summary>
/// Checks whether an account can be used for a trial: it is empty, has no environment of this repository, and nothing is left of an earlier
/// trial.
/// </summary>
internal static class Preflight
{
    /// <summary>Environments of this repository in an account; a trial must not use their accounts.</summary>
    public static IReadOnlyList<string> EnvironmentsIn(string root, string account) =>
    [
        .. from name in EnvironmentFile.List(root)
           let config = EnvironmentFile.Load(name, root).Environment?.Config
           where config is not null && config.Account == account && !config.Emulator
           select config.Production ? $"{name} (production)" : name,
    ];

    /// <summary>Reasons against a trial in the account.</summary>
    /// <param name="account">Account.</param>
    /// <param name="aliases">Aliases of the account.</param>
    /// <param name="environments">Environments in the account.</param>
    /// <param name="found">Existing resources in the region.</param>
    public static IReadOnlyList<string> Obstacles(
        string account, IReadOnlyList<string> aliases, IReadOnlyList<string> environments, IReadOnlyList<string> found) =>
    [
        .. environments.Select(name => $"environment {name} is in {account}"),
        .. aliases.Where(alias => alias.Contains("prod", StringComparison.OrdinalIgnoreCase))
            .Select(alias => $"the account's alias is {alias}"),
        .. found.Select(what => $"the account is not empty: {what}"),
    ];

    /// <summary>Aliases of the account; empty if it has none, or the caller may not list them.</summary>
    public static async Task<IReadOnlyList<string>> AliasesAsync(AwsAccess access, CancellationToken cancellation)
    {
        try
        {
            XElement answer = await access.Api("iam").QueryAsync("ListAccountAliases", cancellation: cancellation);
            return [.. answer.Descendants("AccountAliases").Elements("member").Select(alias => alias.Value)];
        }
        catch (AwsApiException e) when (e.Code is "AccessDenied")
        {
            return [];
        }
    }

    /// <summary>Clusters, databases and load balancers in the region, and resources with the trial's tag.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(AwsAccess access, CancellationToken cancellation)
    {
        var found = new List<string>();
        JObject clusters = await access.Api("ecs").JsonAsync("ListClusters", [], cancellation);
        found.AddRange((clusters["clusterArns"] as JArray ?? []).Select(arn => (string)arn!));
        XElement databases = await access.Api("rds").QueryAsync("DescribeDBInstances", cancellation: cancellation);
        found.AddRange(databases.Descendants("DBInstanceArn").Select(arn => arn.Value));
        XElement balancers = await access.Api("elasticloadbalancing").QueryAsync("DescribeLoadBalancers", cancellation: cancellation);
        found.AddRange(balancers.Descendants("LoadBalancerArn").Select(arn => arn.Value));
        found.AddRange(await TaggedAsync(access, cancellation));
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Resources with the trial's tag; without those that AWS lists for hours after they were deleted.</summary>
    public static async Task<IReadOnlyList<string>> TaggedAsync(AwsAccess access, CancellationToken cancellation)
    {
        var found = new List<string>();
        var filter = new JObject
        {
            ["TagFilters"] = new JArray(new JObject { ["Key"] = "Project", ["Values"] = new JArray(TrialEnvironment.Project) }),
        };
        await foreach (JObject page in access.Api("tagging").PagesAsync("GetResources", filter, "PaginationToken", cancellation))
            found.AddRange((page["ResourceTagMappingList"] as JArray ?? []).Select(resource => (string)resource["ResourceARN"]!));
        var left = new List<string>();
        foreach (string arn in found.Where(arn => !IsListedLong(arn)).Order(StringComparer.Ordinal))
        {
            if (!await IsPendingDeletionAsync(access, arn, cancellation))
                left.Add(arn);
        }

        return left;
    }

    /// <summary>Whether it is a key that AWS deletes automatically after a week or more, and that is free of charge until then.</summary>
    /// <remarks>https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html</remarks>
    private static async Task<bool> IsPendingDeletionAsync(AwsAccess access, string arn, CancellationToken cancellation)
    {
        if (!arn.Contains(":kms:", StringComparison.Ordinal))
            return false;
        JObject answer = await access.Api("kms").JsonAsync("DescribeKey", new JObject { ["KeyId"] = arn }, cancellation);
        return (string?)answer.SelectToken("KeyMetadata.KeyState") == "PendingDeletion";
    }

    // Deleted clusters, services and NAT gateways stay visible for about an hour, deregistered task definitions indefinitely.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
    private static bool IsListedLong(string arn) =>
        arn.Contains(":ecs:", StringComparison.Ordinal)
            || arn.Contains(":natgateway/", StringComparison.Ordinal)
            || arn.Contains(":elastic-ip/", StringComparison.Ordinal);
}
