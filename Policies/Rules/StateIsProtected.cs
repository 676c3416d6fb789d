using Infra.Policies.Documents;
using Infra.Policies.Reference;

namespace Infra.Policies.Rules;

/// <summary>Roles may only read and write state objects, acquire and release locks, and read the settings of the state bucket.</summary>
/// <remarks>
/// A pattern for an environment's buckets or tables that also matches the state's would allow a role to delete or change the state of every
/// environment.
/// https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
/// </remarks>
internal sealed class StateIsProtected : PolicyRule
{
    public override string Requirement =>
        "Roles only read and write Terraform's state and its locks, and never the state of another project.";

    private const string LockFileEnding = ".tflock";

    private static readonly string[] s_read = ["s3:GetObject", "s3:GetObjectVersion"];
    private static readonly string[] s_write = [.. s_read, "s3:PutObject"];
    private static readonly string[] s_lock = [.. s_write, "s3:DeleteObject"];
    private static readonly string[] s_table = ["dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem"];

    // An S3 role that replicates the state. https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
    private static readonly string[] s_replication =
    [
        "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging", "s3:GetReplicationConfiguration",
        "s3:ReplicateObject", "s3:ReplicateTags",
    ];

    public override IEnumerable<PolicyFinding> Check(PolicySet policies)
    {
        if (policies.State.Buckets.Count + policies.State.Tables.Count == 0) yield break;
        Probe[] probes = [.. Probes(policies.State)];
        foreach (RolePolicies role in policies.Roles)
        {
            bool replicates = role.Trust?.Statements.Any(statement => statement.Services.Contains("s3.amazonaws.com")) ?? false;
            StackStatement[] denials =
                [.. role.Permissions.SelectMany(policy => policy.Statements)
                    .Where(statement => !statement.Allows && statement.Conditions.Count == 0)];
            foreach ((Probe probe, StackPolicy policy, StackStatement statement) in
                from probe in probes
                from policy in role.Permissions
                from statement in policy.Statements
                where statement.Allows && Means(statement.Resources, probe.Resource)
                select (probe, policy, statement))
            {
                string[] beyond =
                [
                    .. Actions(policies.Reference, statement, probe.Resource)
                        .Where(action => !probe.Takes(action) && !(replicates && s_replication.Contains(action.Name))
                            && !denials.Any(denial => Denies(denial, action.Name, probe.Resource)))
                        .Select(action => action.Name),
                ];
                if (beyond.Length > 0)
                    yield return Finding(
                        policy, statement, $"allows {Few(beyond, 3)} on the state: {probe.Resource}", $"{probe.Says} there",
                        "narrow the pattern of resources, or deny everything else on the state");
            }
        }
    }

    private static IEnumerable<Probe> Probes(StateLocation state)
    {
        foreach (string bucket in state.Buckets)
        {
            // Objects have their own probes; the bucket's settings are not secret.
            yield return new Probe($"arn:aws:s3:::{bucket}", Settings: true, []);
            foreach ((string stack, string key) in state.Keys)
            {
                // The resources of the bootstrap stack limit every role: only an administrator applies it.
                yield return new Probe($"arn:aws:s3:::{bucket}/{key}", Settings: false, stack == "bootstrap" ? s_read : s_write);
                if (stack != "bootstrap") yield return new Probe($"arn:aws:s3:::{bucket}/{key}{LockFileEnding}", Settings: false, s_lock);
            }

            // An unrelated environment.
            yield return new Probe($"arn:aws:s3:::{bucket}/another-project/another-environment/base", Settings: false, []);
        }

        foreach (string table in state.Tables)
            yield return new Probe(table, Settings: false, s_table);
    }

    private static bool Denies(StackStatement denial, string action, string resource) =>
        denial.IsAbout(action)
            && (denial.NotResources.Count > 0 ? !Means(denial.NotResources, resource) : Means(denial.Resources, resource));

    private static bool Means(IReadOnlyList<string> patterns, string resource) =>
        patterns.Any(pattern => pattern == "*" || (ArnPattern.Parse(pattern) is { } arn && arn.Intersects(ArnPattern.Parse(resource)!)));

    // Only actions for this kind of resource: s3:* means bucket actions for a bucket, and object actions for an object.
    private static IEnumerable<ServiceAction> Actions(ServiceAuthorization reference, StackStatement statement, string resource)
    {
        ArnPattern arn = ArnPattern.Parse(resource)!;
        return statement.Actions.SelectMany(reference.Match).Where(action => action.ResourceTypes.Any(type => type.Pattern.Intersects(arn)))
            .DistinctBy(action => action.Name);
    }

    /// <summary>A part of the state on which a role's permissions are tested.</summary>
    /// <param name="Resource">Its ARN.</param>
    /// <param name="Settings">Whether reading its settings is allowed.</param>
    /// <param name="Allowed">Actions that are allowed.</param>
    private sealed record Probe(string Resource, bool Settings, string[] Allowed)
    {
        public string Says => Settings ? "List and Read access" : Allowed.Length == 0 ? "nothing" : string.Join(", ", Allowed);

        public bool Takes(ServiceAction action) => (Settings && action.Reads) || Allowed.Contains(action.Name);
    }
}
