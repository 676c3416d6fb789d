using Infra.Configuration.Model;
using Infra.Constructs.Cost;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Cost;

[Property("Row", "H10")]
[Property("Row", "D10")]
internal sealed class MonthlyBudgetTests
{
    private static JObject Budget(BudgetConfig config) =>
        SynthesizedStack.Of(stack => _ = new MonthlyBudget(stack, "budget", new MonthlyBudgetProps(
        SynthesizedStack.Context(), config, "arn:alerts"))).Resource("aws_budgets_budget", "budget");

    [Test, Property("Finding", "A22")]
    public void Budget_CountsByOneTag()
    {
        JObject budget = Budget(new BudgetConfig { MonthlyUsd = 60 });

        Assert.Multiple(() =>
        {
            Assert.That($"{budget["budget_type"]} {budget["time_unit"]} {budget["limit_amount"]} {budget["limit_unit"]}",
                Is.EqualTo("COST MONTHLY 60.0 USD"));
            Assert.That((string?)budget["cost_filter"]!.Single()["name"], Is.EqualTo("TagKeyValue"));
            Assert.That(budget["cost_filter"]!.Single()["values"]!.Values<string>(), Is.EqualTo(new[] { "user:Deployment$acme/dev" }));
        });
    }

    [Test]
    public void Notifications_AreSentForActualAndForecastCosts()
    {
        JObject budget = Budget(new BudgetConfig { MonthlyUsd = 99.5, AlertPercents = [50, 90], Emails = ["finance@example.com"] });

        Assert.Multiple(() =>
        {
            Assert.That((string?)budget["limit_amount"], Is.EqualTo("99.5"));
            Assert.That(
                budget["notification"]!.Select(
                    n => $"{n["notification_type"]} {n["comparison_operator"]} {n["threshold"]} {n["threshold_type"]}"), Is.EqualTo(new[]
            {
                "ACTUAL GREATER_THAN 50 PERCENTAGE", "ACTUAL GREATER_THAN 90 PERCENTAGE", "FORECASTED GREATER_THAN 100 PERCENTAGE",
            }));
            foreach (JToken notification in budget["notification"]!)
            {
                Assert.That(notification["subscriber_sns_topic_arns"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }));
                Assert.That(notification["subscriber_email_addresses"]!.Values<string>(), Is.EqualTo(new[] { "finance@example.com" }));
            }
        });
    }
}
