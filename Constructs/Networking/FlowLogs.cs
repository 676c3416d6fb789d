using Constructs;
using HashiCorp.Cdktf.Providers.Aws.FlowLog;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Monitoring;

namespace Infra.Constructs.Networking;

/// <summary>VPC Flow Logs in CloudWatch Logs, of accepted and rejected traffic.</summary>
internal sealed class FlowLogs : Construct
{
    public FlowLogs(Construct scope, string id, FlowLogsProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        var logs =
            new LogGroup(this, "flow-logs", new LogGroupProps(context, $"/vpc/{context.Names.Prefix}/flow-logs", props.RetentionDays));
        string groupArn = logs.Group.Arn;
        string roleArn = new Role(this, "flow-logs-role", new RoleProps(
            context,
            "flow-logs",
            Trust.Service(context, "vpc-flow-logs.amazonaws.com", context.Arn("ec2", "vpc-flow-log/*")))
        {
            Description = "Lets VPC flow logs write to their log group.",
            Policies = new Dictionary<string, PolicyDocument>
            {
                ["write"] = new(new Statement
                {
                    Actions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                    Resources = [$"{groupArn}:*"],
                }),
            },
        }).Outputs.Arn;
        new FlowLog(this, "flow-log", new FlowLogConfig
        {
            VpcId = props.VpcId,
            TrafficType = "ALL",
            LogDestinationType = "cloud-watch-logs",
            LogDestination = groupArn,
            IamRoleArn = roleArn,
            MaxAggregationInterval = 600,
            Tags = context.NameTag("flow-logs"),
        }).Named("flow-logs");
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="VpcId">VPC that is logged.</param>
/// <param name="RetentionDays">Days that the logs are retained.</param>
internal sealed record FlowLogsProps(DeploymentContext Context, string VpcId, int RetentionDays);
