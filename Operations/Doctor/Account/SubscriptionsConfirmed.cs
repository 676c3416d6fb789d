using Infra.Operations.Alarms;
using Infra.Operations.AwsClients;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Account;

/// <summary>Recipients have confirmed their subscriptions.</summary>
internal sealed class SubscriptionsConfirmed() : AccountCheck("subscriptions", "Every recipient of alarms has confirmed the subscription")
{
    public override async Task<CheckResult> CheckAsync(AccountAccess account, CancellationToken cancellation)
    {
        IReadOnlyList<string> topics = await account.ArnsAsync("aws_sns_topic", cancellation);
        var sns = new SnsClient(account.Access);
        var pending = new List<string>();
        int confirmed = 0;
        foreach (string topic in topics)
        {
            foreach (SnsSubscription subscription in await sns.ListSubscriptionsAsync(topic, cancellation))
            {
                if (subscription.Confirmed)
                    confirmed++;
                else
                    pending.Add($"{subscription.Endpoint} has not confirmed {AlarmTopics.NameOf(topic)}");
            }
        }

        return confirmed + pending.Count == 0
            ? CheckResult.NotMet("no subscription exists", $"./infra deploy --env {account.Config.Name}, with recipients")
            : CheckResult.None(pending, $"{confirmed} confirmed", "open the link in the email of AWS Notifications, within three days");
    }
}
