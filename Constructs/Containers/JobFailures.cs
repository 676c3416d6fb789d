using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchEventRule;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchEventTarget;
using Infra.Constructs.Foundation;
using Infra.Naming;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>Sends an alert when the command of a job exits with a non-zero code or its task does not start.</summary>
internal sealed class JobFailures : Construct
{
    public JobFailures(Construct scope, string id, JobFailuresProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string rule = new CloudwatchEventRule(this, "rule", new CloudwatchEventRuleConfig
        {
            Name = context.Names.For(NameRule.EventRule, "jobs-failed"),
            Description = "Jobs that failed",
            EventPattern = Pattern(context, props.Families),
        }).Named(id).Name;
        new CloudwatchEventTarget(this, "target", new CloudwatchEventTargetConfig
        {
            Rule = rule,
            Arn = props.AlertTopicArn,
            InputTransformer = new CloudwatchEventTargetInputTransformer
            {
                InputPaths =
                    new Dictionary<string, string>
                    {
                        ["job"] = "$.detail.group",
                        ["reason"] = "$.detail.stoppedReason",
                        ["task"] = "$.detail.taskArn",
                    },
                InputTemplate =
                    $"\"A job of {context.Names.Prefix} failed: <job>, <reason>. Task <task>; its log is in the log group of its service.\"",
            },
        }).Named(id);
    }

    // The group of a task that EventBridge Scheduler starts is its task definition family. A pattern on an array matches if one element
    // matches. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
    private static string Pattern(DeploymentContext context, IReadOnlyList<string> families) => new JObject
    {
        ["source"] = new JArray("aws.ecs"),
        ["detail-type"] = new JArray("ECS Task State Change"),
        ["detail"] = new JObject
        {
            ["clusterArn"] = new JArray(context.Arn("ecs", $"cluster/{context.Names.Cluster}")),
            ["group"] = new JArray(families.Order(StringComparer.Ordinal).Select(family => $"family:{family}")),
            ["lastStatus"] = new JArray("STOPPED"),
            ["$or"] = new JArray(
                new JObject
                {
                    ["containers"] =
                    new JObject { ["exitCode"] = new JArray(new JObject { ["anything-but"] = new JArray(0) }) }
                },
                new JObject { ["stopCode"] = new JArray("TaskFailedToStart") }),
        },
    }.ToString(Formatting.None);
}

/// <param name="Context">The deployment.</param>
/// <param name="Families">Families of the jobs' task definitions.</param>
/// <param name="AlertTopicArn">Topic that is notified.</param>
internal sealed record JobFailuresProps(DeploymentContext Context, IReadOnlyList<string> Families, string AlertTopicArn);
