using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SnsTopic;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicPolicy;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicSubscription;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>An encrypted topic that AWS services publish to, and its email subscriptions.</summary>
internal sealed class NoticeTopic : Construct
{
    public NoticeTopic(Construct scope, string id, NoticeTopicProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = context.Names.Topic(props.Purpose);
        Arn = new SnsTopic(this, "topic", new SnsTopicConfig { Name = name, KmsMasterKeyId = props.KeyArn }).Named(id).Arn;
        new SnsTopicPolicy(this, "policy", new SnsTopicPolicyConfig
        {
            Arn = Arn,
            Policy = new PolicyDocument([.. Statements(context, context.Arn("sns", name), props.Publishers)]).ToJson(),
        }).Named($"{id}_policy");

        foreach (string address in props.Emails)
        {
            // The id is derived from the address, so that adding or removing one does not change the other subscriptions.
            string subscription = $"{id}_email_{StableName.Hash(address)}";
            new SnsTopicSubscription(this, subscription, new SnsTopicSubscriptionConfig
            {
                TopicArn = Arn,
                Protocol = "email",
                Endpoint = address,
            }).Named(subscription);
        }
    }

    public string Arn { get; }

    private static IEnumerable<Statement> Statements(DeploymentContext context, string topic, IReadOnlyList<Publisher> publishers)
    {
        foreach (Publisher publisher in publishers)
            yield return new Statement
            {
                Sid = publisher.Sid,
                Principal = Principal.Service(publisher.Service),
                Actions = ["sns:Publish"],
                Resources = [topic],
                Conditions = publisher.SourceArn is null ? [] :
                [
                    new Condition("StringEquals", "aws:SourceAccount", context.Account),
                    new Condition("ArnLike", "aws:SourceArn", publisher.SourceArn),
                ],
            };
        yield return new Statement
        {
            Effect = "Deny",
            Sid = "TlsOnly",
            Principal = Principal.Everyone,
            Actions = ["sns:Publish"],
            Resources = [topic],
            Conditions = [new Condition("Bool", "aws:SecureTransport", "false")],
        };
    }
}

internal sealed record NoticeTopicProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Purpose in its name.</summary>
    public required string Purpose { get; init; }

    /// <summary>Key that the publishers may use.</summary>
    public required string? KeyArn { get; init; }

    /// <summary>Email addresses that are notified; AWS asks each to confirm once.</summary>
    public required IReadOnlyList<string> Emails { get; init; }

    /// <summary>Services that publish.</summary>
    public required IReadOnlyList<Publisher> Publishers { get; init; }
}

/// <summary>An AWS service that publishes to a topic.</summary>
/// <param name="Sid">Id of its statement in the topic's policy.</param>
/// <param name="Service">Service principal: <c>cloudwatch.amazonaws.com</c>.</param>
/// <param name="SourceArn">ARN pattern of the account's resources that it publishes for. None: the service supports no conditions.</param>
internal sealed record Publisher(string Sid, string Service, string? SourceArn)
{
    /// <summary>EventBridge. A topic policy for it must not have conditions: with one, every message is dropped without an error.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions</remarks>
    public static Publisher EventBridge { get; } = new("EventsPublish", "events.amazonaws.com", SourceArn: null);
}
