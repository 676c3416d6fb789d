using Constructs;
using HashiCorp.Cdktf.Providers.Aws.KmsAlias;
using HashiCorp.Cdktf.Providers.Aws.KmsKey;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>The encrypted topic that alarms are sent to, and its email subscriptions.</summary>
/// <remarks>
/// Without a customer managed key of the environment it creates its own: CloudWatch cannot publish to a topic under the AWS managed key,
/// whose policy cannot be changed.
/// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
/// </remarks>
internal sealed class AlertTopic : Construct
{
    public AlertTopic(Construct scope, string id, AlertTopicProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string keyArn = context.KeyArn ?? OwnKey($"{id}_key", context);
        Outputs = new AlertTopicOutputs(new NoticeTopic(this, id, new NoticeTopicProps
        {
            Context = context,
            Purpose = "alerts",
            KeyArn = keyArn,
            Emails = props.Emails,
            Publishers = [
            new Publisher("AlarmsPublish", "cloudwatch.amazonaws.com", context.Arn("cloudwatch", "alarm:*")),
            // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
            new Publisher("BudgetsPublish", "budgets.amazonaws.com", context.GlobalArn("budgets", "*")),
            Publisher.EventBridge,
        ],
        }).Arn);
    }

    public AlertTopicOutputs Outputs { get; }

    private string OwnKey(string logicalId, DeploymentContext context)
    {
        string arn = new KmsKey(this, "key", new KmsKeyConfig
        {
            Description = "Alerts on their way to people",
            EnableKeyRotation = true,
            DeletionWindowInDays = context.Disposable ? 7 : 30,
            Policy = new PolicyDocument([KeyPolicy.Account(context), .. KeyPolicy.Publishers(context)]).ToJson(),
        }).Named(logicalId).Arn;
        new KmsAlias(this, "alias", new KmsAliasConfig
        {
            Name = $"alias/{context.Names.For(NameRule.KeyAlias, "alerts")}",
            TargetKeyId = arn,
        }).Named(logicalId);
        return arn;
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Emails">Email addresses that are notified; AWS asks each to confirm once.</param>
internal sealed record AlertTopicProps(DeploymentContext Context, IReadOnlyList<string> Emails);

/// <summary>Attributes of the topic.</summary>
internal sealed record AlertTopicOutputs(string Arn);
