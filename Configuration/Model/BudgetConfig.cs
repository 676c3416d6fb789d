using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A monthly cost budget for resources with the environment's tags. AWS only counts tags that are activated as cost allocation tags in the
/// billing console of the payer account.
/// </summary>
public sealed record BudgetConfig
{
    [Description("US dollars per month.")]
    [Range(0.01, 100_000_000)]
    public required double MonthlyUsd { get; init; }

    [Description(
        "Percentages of the budget at which notifications are sent, based on actual costs; an additional notification is sent when the "
            + "forecast exceeds 100 percent.")]
    [Range(1, 1000)]
    [MinLength(1)]
    [MaxLength(4)]
    public IReadOnlyList<int> AlertPercents { get; init; } = [80, 100];

    [Description("Email addresses that are notified in addition to the alert topic.")]
    [RegularExpression("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", ErrorMessage = "an e-mail address")]
    [MaxLength(10)]
    public IReadOnlyList<string> Emails { get; init; } = [];
}
