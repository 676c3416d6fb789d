using Infra.Operations.AwsClients;

namespace Infra.Operations.Alarms;

/// <summary>SNS topics that alarms notify, each read once.</summary>
internal sealed class AlarmTopics(SnsClient sns)
{
    private readonly Dictionary<string, IReadOnlyList<SnsSubscription>> _read = new(StringComparer.Ordinal);

    /// <summary>Whether an action of an alarm notifies a topic.</summary>
    public static bool IsTopic(string action) => action.Split(':') is [_, _, "sns", ..];

    /// <summary>Name of a topic: the last part of its ARN.</summary>
    public static string NameOf(string topicArn) => topicArn.Split(':')[^1];

    /// <summary>Subscriptions of a topic.</summary>
    public async Task<IReadOnlyList<SnsSubscription>> SubscriptionsAsync(string topicArn, CancellationToken cancellation)
    {
        if (!_read.TryGetValue(topicArn, out IReadOnlyList<SnsSubscription>? found))
            _read[topicArn] = found = await sns.ListSubscriptionsAsync(topicArn, cancellation);
        return found;
    }

    /// <summary>Why notifications of a topic reach nobody, or not everybody; empty if all subscriptions are confirmed.</summary>
    public async Task<IReadOnlyList<string>> FindingsAsync(string topicArn, CancellationToken cancellation)
    {
        IReadOnlyList<SnsSubscription> subscriptions = await SubscriptionsAsync(topicArn, cancellation);
        string topic = NameOf(topicArn);
        List<string> findings =
        [
            .. subscriptions.Where(subscription => !subscription.Confirmed).Select(subscription =>
                $"{subscription.Endpoint} ({subscription.Protocol}) has not confirmed its subscription to {topic} and receives nothing: "
                    + "open the link in the message from AWS; the SNS console can send it again"),
        ];
        if (!subscriptions.Any(subscription => subscription.Confirmed))
            findings.Add($"{topic} has no confirmed subscription: nobody is notified");
        return findings;
    }
}
