using Constructs;
using HashiCorp.Cdktf.Providers.Aws.KmsAlias;
using HashiCorp.Cdktf.Providers.Aws.KmsKey;
using HashiCorp.Cdktf.Providers.Aws.SnsTopic;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicPolicy;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicSubscription;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>The topic that alarms are sent to, encrypted, and the people who hear of them.</summary>
/// <remarks>
/// Without a key of the environment it has its own: CloudWatch cannot publish to a topic under the AWS-managed one, whose policy
/// nobody can change.
/// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
/// </remarks>
internal sealed class AlertTopic : Construct
{
    private const string CloudWatch = "cloudwatch.amazonaws.com";

    public AlertTopic(Construct scope, string id, AlertTopicProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string keyArn = context.KeyArn ?? OwnKey($"{id}_key", context);
        string name = context.Names.For(NameRule.Topic, "alerts");
        Topic = new SnsTopic(this, "topic", new SnsTopicConfig { Name = name, KmsMasterKeyId = keyArn }).Named(id);
        string arn = Topic.Arn;
        Outputs = new AlertTopicOutputs(arn);
        new SnsTopicPolicy(this, "policy", new SnsTopicPolicyConfig
        {
            Arn = arn,
            Policy = TopicPolicy(context, context.Arn("sns", name)).ToJson(),
        }).Named($"{id}_policy");

        foreach (string address in props.Emails)
        {
            // Named by the address, so that one more or less leaves the others subscribed.
            string subscription = $"{id}_email_{StableName.Hash(address)}";
            new SnsTopicSubscription(this, subscription, new SnsTopicSubscriptionConfig
            {
                TopicArn = arn,
                Protocol = "email",
                Endpoint = address,
            }).Named(subscription);
        }
    }

    public SnsTopic Topic { get; }

    public AlertTopicOutputs Outputs { get; }

    private string OwnKey(string logicalId, DeploymentContext context)
    {
        string arn = new KmsKey(this, "key", new KmsKeyConfig
        {
            Description = "Alerts on their way to people",
            EnableKeyRotation = true,
            DeletionWindowInDays = context.Disposable ? 7 : 30,
            Policy = new PolicyDocument(KeyPolicy.Account(context), KeyPolicy.Publishers(context)).ToJson(),
        }).Named(logicalId).Arn;
        new KmsAlias(this, "alias", new KmsAliasConfig
        {
            Name = $"alias/{context.Names.For(NameRule.KeyAlias, "alerts")}",
            TargetKeyId = arn,
        }).Named(logicalId);
        return arn;
    }

    private static PolicyDocument TopicPolicy(DeploymentContext context, string topic) => new(
        new Statement
        {
            Sid = "AlarmsPublish",
            Principal = Principal.Service(CloudWatch),
            Actions = ["sns:Publish"],
            Resources = [topic],
            Conditions =
            [
                new Condition("StringEquals", "aws:SourceAccount", context.Account),
                new Condition("ArnLike", "aws:SourceArn", context.Arn("cloudwatch", "alarm:*")),
            ],
        },
        new Statement
        {
            // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
            Sid = "BudgetsPublish",
            Principal = Principal.Service("budgets.amazonaws.com"),
            Actions = ["sns:Publish"],
            Resources = [topic],
            Conditions =
            [
                new Condition("StringEquals", "aws:SourceAccount", context.Account),
                new Condition("ArnLike", "aws:SourceArn", context.GlobalArn("budgets", "*")),
            ],
        },
        new Statement
        {
            Effect = "Deny",
            Sid = "TlsOnly",
            Principal = Principal.Everyone,
            Actions = ["sns:Publish"],
            Resources = [topic],
            Conditions = [new Condition("Bool", "aws:SecureTransport", "false")],
        });
}

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Emails">Addresses that are told; AWS asks each to confirm once.</param>
internal sealed record AlertTopicProps(DeploymentContext Context, IReadOnlyList<string> Emails);

/// <summary>What others need to know of the topic.</summary>
internal sealed record AlertTopicOutputs(string Arn);
