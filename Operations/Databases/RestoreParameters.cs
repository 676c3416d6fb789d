using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Databases;

/// <summary>
/// What RDS is asked for beside the source: a restored instance gets the default parameter group, the default security group and no protection unless it
/// is said. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
/// </summary>
internal static class RestoreParameters
{
    // Attribute of the provider, and parameter of both restoring operations.
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

    /// <summary>The parameters, lists written out.</summary>
    /// <exception cref="OperationException">The state does not have the database.</exception>
    public static Dictionary<string, string> Of(RestoreSource source, DatabaseResource database)
    {
        JObject state = database.State ?? throw OperationException.BadInput(
            $"the state of base has no {database.Address}, whose settings the restored instance gets", "./infra deploy --env NAME base makes an empty one; then restore");
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string attribute, string parameter) in Same)
        {
            if (state[attribute] is { Type: not JTokenType.Null } value)
                parameters[parameter] = value.Type == JTokenType.Boolean ? ((bool)value ? "true" : "false") : value.ToString();
        }

        string[] groups = [.. (state["vpc_security_group_ids"] as JArray ?? []).Values<string>().OfType<string>()];
        for (int i = 0; i < groups.Length; i++)
            parameters[$"VpcSecurityGroupIds.VpcSecurityGroupId.{i + 1}"] = groups[i];
        IEnumerable<(string Key, string Value)> tags = (state["tags_all"] as JObject ?? []).Properties().Select(tag => (tag.Name, (string?)tag.Value ?? ""))
            .Append((RestoreSource.Tag, source.ToString()));
        foreach (((string key, string value), int i) in tags.Select((tag, i) => (tag, i + 1)))
        {
            parameters[$"Tags.Tag.{i}.Key"] = key;
            parameters[$"Tags.Tag.{i}.Value"] = value;
        }

        return parameters;
    }
}
