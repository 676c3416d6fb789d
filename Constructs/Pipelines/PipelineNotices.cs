using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchEventRule;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchEventTarget;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Naming;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Pipelines;

/// <summary>The encrypted topic of a pipeline: requests for approval and the result of each execution.</summary>
internal sealed class PipelineNotices : Construct
{
    // https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
    private static readonly string[] Ends = ["FAILED", "STOPPED", "SUCCEEDED"];

    public PipelineNotices(Construct scope, string id, PipelineNoticesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string rule = context.Names.For(NameRule.EventRule, "pipeline");
        TopicArn = new NoticeTopic(this, id, new NoticeTopicProps
        {
            Context = context,
            Purpose = "pipeline",
            KeyArn = context.KeyArn,
            Emails = props.Emails,
            Publishers = [Publisher.EventBridge],
        }).Arn;

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
                InputTemplate =
                    $"\"Pipeline <pipeline>: <state> (run <execution>). "
                        + $"https://{context.Region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/<pipeline>/view?region={context.Region}\"",
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
}

/// <param name="Context">The pipeline's deployment; its key encrypts the topic.</param>
/// <param name="PipelineName">Pipeline whose executions are reported.</param>
/// <param name="Emails">Email addresses that are notified; AWS asks each to confirm once.</param>
internal sealed record PipelineNoticesProps(DeploymentContext Context, string PipelineName, IReadOnlyList<string> Emails);
