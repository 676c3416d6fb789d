using System.Globalization;
using Constructs;
using HashiCorp.Cdktf.Providers.Aws.BudgetsBudget;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Cost;

/// <summary>
/// What an environment may cost a month, counted by one tag that all of it has. People are notified when a part is spent, and when AWS
/// expects more than all of it to be.
/// </summary>
/// <remarks>
/// By one tag: AWS documents no meaning of several keys in one filter, and if either were enough, all environments of the project would count.
/// https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html
/// AWS counts by tags that were activated as cost allocation tags, by whoever pays, up to 24 hours after they were first seen; before
/// that the budget counts nothing. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
/// </remarks>
internal sealed class MonthlyBudget : Construct
{
    private const int Everything = 100;

    public MonthlyBudget(Construct scope, string id, MonthlyBudgetProps props) : base(scope, id)
    {
        Names names = props.Context.Names;
        new BudgetsBudget(this, "budget", new BudgetsBudgetConfig
        {
            Name = names.For(NameRule.Budget, "monthly"),
            BudgetType = "COST",
            TimeUnit = "MONTHLY",
            LimitAmount = props.Config.MonthlyUsd.ToString("0.0#", CultureInfo.InvariantCulture),
            LimitUnit = "USD",
            CostFilter = new[]
            {
                new BudgetsBudgetCostFilter
                {
                    Name = "TagKeyValue",
                    // Tags of users, as against AWS's own, begin with user:.
                    Values = [$"user:{Tags.Deployment}${Tags.DeploymentOf(names)}"],
                },
            },
            Notification = props.Config.AlertPercents.Select(percent => Told("ACTUAL", percent, props)).Append(Told("FORECASTED", Everything, props)).ToArray(),
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
/// <param name="Config">How much, and who is told when.</param>
/// <param name="AlertTopicArn">Topic that is told.</param>
internal sealed record MonthlyBudgetProps(DeploymentContext Context, BudgetConfig Config, string AlertTopicArn);
