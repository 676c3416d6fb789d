using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A monthly budget for what bears the environment's tags. AWS counts by tags that somebody activated as cost allocation tags, in the
/// billing console of the account that pays.
/// </summary>
public sealed record BudgetConfig
{
    [Description("US dollars a month.")]
    [Range(0.01, 100_000_000)]
    public required double MonthlyUsd { get; init; }

    [Description("Percents of it at which people are told, once they are spent; beside it they are told when AWS expects the month to end above 100.")]
    [Range(1, 1000)]
    [MinLength(1)]
    [MaxLength(4)]
    public IReadOnlyList<int> AlertPercents { get; init; } = [80, 100];

    [Description("Addresses that are told, beside the alert topic.")]
    [RegularExpression("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", ErrorMessage = "an e-mail address")]
    [MaxLength(10)]
    public IReadOnlyList<string> Emails { get; init; } = [];
}
