using System.Globalization;
using Constructs;
using HashiCorp.Cdktf.Providers.Aws.BudgetsBudget;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Cost;

/// <summary>
/// The monthly cost budget of an environment, filtered by one tag that all of its resources have. It notifies when a percentage is spent,
/// and when the forecast exceeds the budget.
/// </summary>
/// <remarks>
/// One tag only: AWS does not document whether several tag keys in one filter are combined with AND or OR, and with OR all environments of
/// the project would count.
/// https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html
/// AWS only counts tags that the payer account has activated as cost allocation tags, which takes up to 24 hours after they were first
/// seen; until then the budget counts nothing. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
/// </remarks>
internal sealed class MonthlyBudget : Construct
{
    private const int Everything = 100;

    public MonthlyBudget(Construct scope, string id, MonthlyBudgetProps props) : base(scope, id)
    {
        Names names = props.Context.Names;
        new BudgetsBudget(this, "budget", new BudgetsBudgetConfig
        {
            Name = names.Budget,
            BudgetType = "COST",
            TimeUnit = "MONTHLY",
            LimitAmount = props.Config.MonthlyUsd.ToString("0.0#", CultureInfo.InvariantCulture),
            LimitUnit = "USD",
            CostFilter = new[]
            {
                new BudgetsBudgetCostFilter
                {
                    Name = "TagKeyValue",
                    // User-defined tags, unlike AWS-generated ones, have the prefix user:.
                    Values = [$"user:{Tags.Deployment}${Tags.DeploymentOf(names)}"],
                },
            },
            Notification = props.Config.AlertPercents.Select(percent => Told("ACTUAL", percent, props))
                .Append(Told("FORECASTED", Everything, props)).ToArray(),
        }).Named(id);
    }

    private static BudgetsBudgetNotification Told(string kind, int percent, MonthlyBudgetProps props) => new()
    {
        NotificationType = kind,
        ComparisonOperator = "GREATER_THAN",
        Threshold = percent,
        ThresholdType = "PERCENTAGE",
        SubscriberEmailAddresses = props.Config.Emails.Count == 0 ? null : [.. props.Config.Emails],
        SubscriberSnsTopicArns = [props.AlertTopicArn],
    };
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Amount, and who is notified at which percentage.</param>
/// <param name="AlertTopicArn">Topic that is notified.</param>
internal sealed record MonthlyBudgetProps(DeploymentContext Context, BudgetConfig Config, string AlertTopicArn);
