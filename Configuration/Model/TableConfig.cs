using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A DynamoDB table with on-demand billing.</summary>
public sealed record TableConfig
{
    [Description("Partition key with its type: pk:S (S string, N number, B binary).")]
    [RegularExpression("[A-Za-z0-9_.-]{1,255}:[SNB]", ErrorMessage = "an attribute with its type, such as pk:S (S, N or B)")]
    public required string PartitionKey { get; init; }

    [Description("Sort key with its type: sk:S.")]
    [RegularExpression("[A-Za-z0-9_.-]{1,255}:[SNB]", ErrorMessage = "an attribute with its type, such as pk:S (S, N or B)")]
    public string? SortKey { get; init; }

    [Description("Time to Live attribute: the second at which an item expires.")]
    public string? TtlAttribute { get; init; }
}
