using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of Amazon SNS. https://docs.aws.amazon.com/sns/latest/api/API_Operations.html</summary>
internal sealed class SnsClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("sns");

    /// <summary>Subscriptions of a topic.</summary>
    public async Task<IReadOnlyList<SnsSubscription>> ListSubscriptionsAsync(string topicArn, CancellationToken cancellation)
    {
        var found = new List<SnsSubscription>();
        var parameters = new Dictionary<string, string> { ["TopicArn"] = topicArn };
        await foreach (XElement page in _api.QueryPagesAsync("ListSubscriptionsByTopic", parameters, "NextToken", cancellation))
            found.AddRange(page.Descendants("Subscriptions").Elements("member").Select(Read));
        return found;
    }

    private static SnsSubscription Read(XElement subscription) => new(
        (string?)subscription.Element("Protocol") ?? "",
        (string?)subscription.Element("Endpoint") ?? "",
        // https://docs.aws.amazon.com/sns/latest/api/API_Subscription.html
        ((string?)subscription.Element("SubscriptionArn"))?.StartsWith("arn:", StringComparison.Ordinal) == true);
}

/// <summary>A subscription of a topic.</summary>
/// <param name="Protocol">Protocol: <c>email</c>.</param>
/// <param name="Endpoint">Address.</param>
/// <param name="Confirmed">Whether it is confirmed; SNS sends nothing to others.</param>
internal sealed record SnsSubscription(string Protocol, string Endpoint, bool Confirmed);
