using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Databases;

/// <summary>
/// Parameters of a restore in addition to its source: without them a restored instance gets the default parameter group, the default
/// security group and no deletion protection. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
/// </summary>
internal static class RestoreParameters
{
    // Attribute of the provider, and parameter of both restore operations.
    private static readonly (string Attribute, string Parameter)[] Same =
    [
        ("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
        ("copy_tags_to_snapshot", "CopyTagsToSnapshot"),
        ("db_subnet_group_name", "DBSubnetGroupName"),
        ("iam_database_authentication_enabled", "EnableIAMDatabaseAuthentication"),
        ("instance_class", "DBInstanceClass"),
        ("multi_az", "MultiAZ"),
        ("parameter_group_name", "DBParameterGroupName"),
        ("port", "Port"),
        ("publicly_accessible", "PubliclyAccessible"),
        ("storage_type", "StorageType"),
        ("deletion_protection", "DeletionProtection"),
        // Cannot be changed later: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
        ("engine_lifecycle_support", "EngineLifecycleSupport"),
    ];

    /// <summary>The parameters, with lists as numbered members.</summary>
    /// <exception cref="OperationException">The database is not in the state.</exception>
    public static Dictionary<string, string> Of(RestoreSource source, DatabaseResource database)
    {
        JObject state = database.State ?? throw OperationException.BadInput(
            $"the state of base has no {database.Address}, from which the restored instance gets its settings",
            "./infra deploy --env NAME creates an empty one; then restore");
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string attribute, string parameter) in Same)
        {
            if (state[attribute] is { Type: not JTokenType.Null } value)
                parameters[parameter] = value.Type == JTokenType.Boolean ? ((bool)value ? "true" : "false") : value.ToString();
        }

        string[] groups = [.. (state["vpc_security_group_ids"] as JArray ?? []).Values<string>().OfType<string>()];
        for (int i = 0; i < groups.Length; i++)
            parameters[$"VpcSecurityGroupIds.VpcSecurityGroupId.{i + 1}"] = groups[i];
        IEnumerable<(string Key, string Value)> tags = (state["tags_all"] as JObject ?? []).Properties()
            .Select(tag => (tag.Name, (string?)tag.Value ?? ""))
            .Append((RestoreSource.Tag, source.ToString()));
        foreach (((string key, string value), int i) in tags.Select((tag, i) => (tag, i + 1)))
        {
            parameters[$"Tags.Tag.{i}.Key"] = key;
            parameters[$"Tags.Tag.{i}.Value"] = value;
        }

        return parameters;
    }
}
