using Constructs;
using HashiCorp.Cdktf.Providers.Aws.KmsAlias;
using HashiCorp.Cdktf.Providers.Aws.KmsKey;
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
    public AlertTopic(Construct scope, string id, AlertTopicProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string keyArn = context.KeyArn ?? OwnKey($"{id}_key", context);
        Outputs = new AlertTopicOutputs(new NoticeTopic(this, id, new NoticeTopicProps(context, "alerts", keyArn, props.Emails,
        [
            new Publisher("AlarmsPublish", "cloudwatch.amazonaws.com", context.Arn("cloudwatch", "alarm:*")),
            // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
            new Publisher("BudgetsPublish", "budgets.amazonaws.com", context.GlobalArn("budgets", "*")),
            Publisher.EventBridge,
        ])).Arn);
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

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Emails">Addresses that are told; AWS asks each to confirm once.</param>
internal sealed record AlertTopicProps(DeploymentContext Context, IReadOnlyList<string> Emails);

/// <summary>What others need to know of the topic.</summary>
internal sealed record AlertTopicOutputs(string Arn);
