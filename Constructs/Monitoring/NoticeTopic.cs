using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SnsTopic;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicPolicy;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicSubscription;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>An encrypted topic that services of AWS publish to, and the people who are told by email.</summary>
internal sealed class NoticeTopic : Construct
{
    public NoticeTopic(Construct scope, string id, NoticeTopicProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = context.Names.For(NameRule.Topic, props.Purpose);
        Arn = new SnsTopic(this, "topic", new SnsTopicConfig { Name = name, KmsMasterKeyId = props.KeyArn }).Named(id).Arn;
        new SnsTopicPolicy(this, "policy", new SnsTopicPolicyConfig
        {
            Arn = Arn,
            Policy = new PolicyDocument([.. Statements(context, context.Arn("sns", name), props.Publishers)]).ToJson(),
        }).Named($"{id}_policy");

        foreach (string address in props.Emails)
        {
            // Named by the address, so that one more or less leaves the others subscribed.
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

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Purpose">Purpose in its name.</param>
/// <param name="KeyArn">Key that the publishers may use.</param>
/// <param name="Emails">Addresses that are told; AWS asks each to confirm once.</param>
/// <param name="Publishers">Who publishes.</param>
internal sealed record NoticeTopicProps(
    DeploymentContext Context, string Purpose, string? KeyArn, IReadOnlyList<string> Emails, IReadOnlyList<Publisher> Publishers);

/// <summary>A service of AWS that publishes to a topic.</summary>
/// <param name="Sid">Id of its statement in the topic's policy.</param>
/// <param name="Service">Service: <c>cloudwatch.amazonaws.com</c>.</param>
/// <param name="SourceArn">What of the account it publishes for; may have wildcards. None: the service supports no conditions.</param>
internal sealed record Publisher(string Sid, string Service, string? SourceArn)
{
    /// <summary>EventBridge, for which a topic's policy can have no condition: with one, every message is dropped and no error is shown.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions</remarks>
    public static Publisher EventBridge { get; } = new("EventsPublish", "events.amazonaws.com", SourceArn: null);
}
