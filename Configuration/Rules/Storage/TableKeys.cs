using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Storage;

internal static class TableKeys
{
    [Rule("storage/table-keys", "Keys and the Time to Live attribute of a table are different attributes.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, TableConfig table) in config.Tables)
        {
            string path = ConfigPath.Join("tables", name);
            string partition = Attribute(table.PartitionKey);
            string? sort = table.SortKey is { } key ? Attribute(key) : null;
            if (sort == partition)
                yield return new RuleViolation($"{path}.sortKey", $"{sort} is the partition key already", $"{path}.partitionKey");
            if (table.TtlAttribute is { } ttl && (ttl == partition || ttl == sort))
                yield return new RuleViolation($"{path}.ttlAttribute",
                    $"{ttl} is a key of the table; an item's expiry needs its own attribute", $"{path}.partitionKey", $"{path}.sortKey");
        }
    }

    private static string Attribute(string key) => key[..Math.Max(0, key.LastIndexOf(':'))];
}
