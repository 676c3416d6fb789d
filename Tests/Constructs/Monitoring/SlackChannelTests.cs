using Infra.Configuration.Model;
using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Monitoring;

internal sealed class SlackChannelTests
{
    private static readonly Lazy<SynthesizedStack> Stack =
        new(() => SynthesizedStack.Of(stack => _ = new SlackChannel(stack, "slack", new SlackChannelProps(
        SynthesizedStack.Context(), new SlackConfig { WorkspaceId = "T07EA123LEP", ChannelId = "C07EZ1ABC23" }, "arn:alerts",
        Provider: null))));

    [Test, Property("Row", "D8"), Property("Row", "L10")]
    public void Channel_SubscribesToTheAlertTopic()
    {
        JObject channel = Stack.Value.Single("aws_chatbot_slack_channel_configuration");

        Assert.Multiple(() =>
        {
            Assert.That($"{channel["slack_team_id"]} {channel["slack_channel_id"]}", Is.EqualTo("T07EA123LEP C07EZ1ABC23"));
            Assert.That(channel["sns_topic_arns"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }));
        });
    }

    [Test, Property("Row", "S10")]
    public void Channel_IsReadOnly()
    {
        JObject channel = Stack.Value.Single("aws_chatbot_slack_channel_configuration");
        JObject policy = SynthesizedStack.Policy(Stack.Value.Single("aws_iam_role_policy")["policy"]);

        Assert.Multiple(() =>
        {
            Assert.That(channel["guardrail_policy_arns"]!.Values<string>(), Is.EqualTo(new[] { "arn:aws:iam::aws:policy/ReadOnlyAccess" }));
            Assert.That(SynthesizedStack.Statement(policy, "Graphs")["Action"]!.Values<string>(), Is.All.Match("^cloudwatch:(Get|List)"));
            Assert.That((string?)SynthesizedStack.Statement(policy, "Alarms")["Resource"],
                Is.EqualTo("arn:aws:cloudwatch:us-east-2:111111111111:alarm:acme-dev-*"));
            Assert.That(policy["Statement"]!.Count(), Is.EqualTo(2));
        });
    }

    [TestCase("eu-west-1", "eu-west-1")]
    [TestCase("eu-central-1", "us-east-2")]
    public void Chatbot_IsUsedInARegionWithAnEndpoint(string region, string expected) =>
        Assert.That(SlackChannel.RegionFor(region), Is.EqualTo(expected));
}
