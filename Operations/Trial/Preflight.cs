using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Trial.Runs;

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
            return await new AccountInventory(access).AccountAliasesAsync(cancellation);
        }
        catch (AwsApiException e) when (e.IsAccessDenied)
        {
            return [];
        }
    }

    /// <summary>Clusters, databases and load balancers in the region, and resources with the trial's tag.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(AwsAccess access, CancellationToken cancellation) =>
    [
        .. (await new AccountInventory(access).ComputeAndDatabasesAsync(cancellation))
            .Concat(await TaggedAsync(access, cancellation)).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Resources with the trial's tag; without those that AWS lists for hours after they were deleted.</summary>
    public static async Task<IReadOnlyList<string>> TaggedAsync(AwsAccess access, CancellationToken cancellation)
    {
        IEnumerable<string> found = await new AccountInventory(access).TaggedAsync("Project", TrialEnvironment.Project, cancellation);
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
    private static async Task<bool> IsPendingDeletionAsync(AwsAccess access, string arn, CancellationToken cancellation) =>
        arn.Contains(":kms:", StringComparison.Ordinal)
            && await new AccountInventory(access).KeyStateAsync(arn, cancellation) == "PendingDeletion";

    // Deleted clusters, services and NAT gateways stay visible for about an hour, deregistered task definitions indefinitely.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
    private static bool IsListedLong(string arn) =>
        arn.Contains(":ecs:", StringComparison.Ordinal)
            || arn.Contains(":natgateway/", StringComparison.Ordinal)
            || arn.Contains(":elastic-ip/", StringComparison.Ordinal);
}
