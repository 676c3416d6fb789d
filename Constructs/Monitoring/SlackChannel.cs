using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.ChatbotSlackChannelConfiguration;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>A Slack channel that receives the notifications of the alert topic. It can read metrics, but cannot change anything.</summary>
internal sealed class SlackChannel : Construct
{
    // https://docs.aws.amazon.com/general/latest/gr/chatbot.html
    private static readonly string[] Endpoints = ["us-east-2", "us-west-2", "eu-west-1", "ap-southeast-1"];

    // Whatever permissions the role gets later, users of the channel cannot change anything.
    private const string Guardrail = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    /// <summary>Actions that draw the graph of a notification; CloudWatch has no resource-level permissions for these.</summary>
    public static readonly IReadOnlyList<string> GraphActions =
        ["cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics"];

    /// <summary>Action that reads the alarm of a notification.</summary>
    public const string AlarmAction = "cloudwatch:DescribeAlarms";

    public SlackChannel(Construct scope, string id, SlackChannelProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string role = new Role(this, $"{id}-role", new RoleProps(
            context, "slack", Trust.Service(context, "chatbot.amazonaws.com"))
        {
            Description = "Lets AWS Chatbot draw the metric that an alarm is about.",
            Policies = new Dictionary<string, PolicyDocument>
            {
                ["look"] = new(
                    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
                    new Statement { Sid = "Graphs", Actions = GraphActions, Resources = ["*"] },
                    new Statement
                    {
                        Sid = "Alarms",
                        Actions = [AlarmAction],
                        Resources = [context.Arn("cloudwatch", $"alarm:{context.Names.Prefix}-*")],
                    }),
            },
        }).Outputs.Arn;
        new ChatbotSlackChannelConfiguration(this, "channel", new ChatbotSlackChannelConfigurationConfig
        {
            ConfigurationName = context.Names.For(NameRule.ChatChannel, "alerts"),
            SlackTeamId = props.Config.WorkspaceId,
            SlackChannelId = props.Config.ChannelId,
            IamRoleArn = role,
            GuardrailPolicyArns = [Guardrail],
            LoggingLevel = "ERROR",
            SnsTopicArns = [props.AlertTopicArn],
            UserAuthorizationRequired = false,
            Provider = props.Provider,
        }).Named(id);
    }

    /// <summary>Region of the AWS Chatbot endpoint: a channel is global, and only a few Regions have an endpoint.</summary>
    /// <param name="region">Region of the environment, which is used if it has an endpoint.</param>
    public static string RegionFor(string region) => Endpoints.Contains(region) ? region : Endpoints[0];
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Workspace and channel.</param>
/// <param name="AlertTopicArn">Topic that the channel subscribes to.</param>
/// <param name="Provider">Provider of the Region of the AWS Chatbot endpoint; none means the environment's Region.</param>
internal sealed record SlackChannelProps(DeploymentContext Context, SlackConfig Config, string AlertTopicArn, TerraformProvider? Provider);
