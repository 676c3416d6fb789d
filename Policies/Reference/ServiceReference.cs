using Infra.Policies.Documents;

namespace Infra.Policies.Reference;

/// <summary>The service authorization reference of one service.</summary>
/// <param name="Prefix">Prefix of its actions: <c>ecs</c>.</param>
/// <param name="Actions">Its actions, by name without the prefix; case-insensitive.</param>
/// <param name="KeyTypes">Types of its condition keys, by format of the key: <c>aws:RequestTag/${TagKey}</c>.</param>
public sealed record ServiceReference(
    string Prefix, IReadOnlyDictionary<string, ServiceAction> Actions, IReadOnlyDictionary<string, string> KeyTypes);

/// <param name="Name">With the prefix of its service: <c>ecs:RunTask</c>.</param>
/// <param name="AccessLevel">List, Read, Write, Tagging or Permissions management.</param>
/// <param name="ResourceTypes">Resource types that it supports; empty for an action without resource-level permissions.</param>
/// <param name="ConditionKeys">Formats of its condition keys, without those of its resources.</param>
public sealed record ServiceAction(
    string Name, string AccessLevel, IReadOnlyList<ResourceType> ResourceTypes, IReadOnlyList<string> ConditionKeys)
{
    /// <summary>Whether it is read-only.</summary>
    public bool Reads => AccessLevel is "List" or "Read";

    /// <summary>Formats of all keys that a request can contain.</summary>
    public IEnumerable<string> AllConditionKeys => ConditionKeys.Concat(ResourceTypes.SelectMany(type => type.ConditionKeys));
}

/// <param name="Name"><c>task-definition</c></param>
/// <param name="Form">Its ARN format with placeholders, as in AWS's documentation.</param>
/// <param name="ConditionKeys">Formats of the condition keys of its requests.</param>
public sealed record ResourceType(string Name, string Form, IReadOnlyList<string> ConditionKeys)
{
    /// <summary>The ARN with wildcards instead of placeholders.</summary>
    internal ArnPattern Pattern { get; } = PatternOf(Form);

    private static ArnPattern PatternOf(string form)
    {
        var text = new System.Text.StringBuilder();
        for (int at = 0; at < form.Length; at++)
        {
            if (!form.AsSpan(at).StartsWith("${"))
            {
                text.Append(form[at]);
                continue;
            }

            int end = form.IndexOf('}', at);
            string name = form[(at + 2)..end];
            // Names of buckets and tables contain no slash: what follows one is an object, an index, a backup.
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
            // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
            text.Append(name is "BucketName" or "TableName" ? Wildcard.NoSlash : '*');
            at = end;
        }

        return ArnPattern.Parse(text.ToString()) ?? new ArnPattern("*", "*", "*", "*", "*");
    }
}
