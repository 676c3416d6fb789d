using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchEventRule;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchEventTarget;
using HashiCorp.Cdktf.Providers.Aws.SnsTopic;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicPolicy;
using HashiCorp.Cdktf.Providers.Aws.SnsTopicSubscription;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Pipelines;

/// <summary>The topic of a pipeline, encrypted: it asks for approvals and says how each run ended.</summary>
internal sealed class PipelineNotices : Construct
{
    // https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
    private static readonly string[] Ends = ["FAILED", "STOPPED", "SUCCEEDED"];

    public PipelineNotices(Construct scope, string id, PipelineNoticesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = context.Names.For(NameRule.Topic, "pipeline");
        SnsTopic topic = new SnsTopic(this, "topic", new SnsTopicConfig { Name = name, KmsMasterKeyId = context.KeyArn }).Named(id);
        TopicArn = topic.Arn;
        string rule = context.Names.For(NameRule.EventRule, "pipeline");
        new SnsTopicPolicy(this, "policy", new SnsTopicPolicyConfig
        {
            Arn = TopicArn,
            Policy = TopicPolicy(context, context.Arn("sns", name), context.Arn("events", $"rule/{rule}")).ToJson(),
        }).Named($"{id}_policy");

        foreach (string address in props.Emails)
        {
            // Named by the address, so that one more or less leaves the others subscribed.
            string subscription = $"{id}_email_{StableName.Hash(address)}";
            new SnsTopicSubscription(this, subscription, new SnsTopicSubscriptionConfig
            {
                TopicArn = TopicArn,
                Protocol = "email",
                Endpoint = address,
            }).Named(subscription);
        }

        CloudwatchEventRule ends = new CloudwatchEventRule(this, "rule", new CloudwatchEventRuleConfig
        {
            Name = rule,
            Description = $"Runs of {props.PipelineName} that ended",
            EventPattern = Pattern(props.PipelineName),
        }).Named(id);
        new CloudwatchEventTarget(this, "target", new CloudwatchEventTargetConfig
        {
            Rule = ends.Name,
            Arn = TopicArn,
            InputTransformer = new CloudwatchEventTargetInputTransformer
            {
                InputPaths = new Dictionary<string, string>
                {
                    ["pipeline"] = "$.detail.pipeline",
                    ["state"] = "$.detail.state",
                    ["execution"] = "$.detail.execution-id",
                },
                InputTemplate = $"\"Pipeline <pipeline>: <state> (run <execution>). https://{context.Region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/<pipeline>/view?region={context.Region}\"",
            },
        }).Named(id);
    }

    public string TopicArn { get; }

    private static string Pattern(string pipeline) => new JObject
    {
        ["source"] = new JArray("aws.codepipeline"),
        ["detail-type"] = new JArray("CodePipeline Pipeline Execution State Change"),
        ["detail"] = new JObject { ["pipeline"] = new JArray(pipeline), ["state"] = new JArray(Ends.Cast<object>()) },
    }.ToString(Formatting.None);

    private static PolicyDocument TopicPolicy(DeploymentContext context, string topic, string rule) => new(
        new Statement
        {
            Sid = "EventsPublish",
            Principal = Principal.Service("events.amazonaws.com"),
            Actions = ["sns:Publish"],
            Resources = [topic],
            Conditions =
            [
                new Condition("StringEquals", "aws:SourceAccount", context.Account),
                new Condition("ArnEquals", "aws:SourceArn", rule),
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

/// <param name="Context">The pipeline's deployment; its key encrypts the topic.</param>
/// <param name="PipelineName">Pipeline whose runs are told of.</param>
/// <param name="Emails">Addresses that are told; AWS asks each to confirm once.</param>
internal sealed record PipelineNoticesProps(DeploymentContext Context, string PipelineName, IReadOnlyList<string> Emails);
