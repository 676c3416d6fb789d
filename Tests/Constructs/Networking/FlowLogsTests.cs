using Infra.Constructs.Networking;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

internal sealed class FlowLogsTests
{
    private static readonly Lazy<SynthesizedStack> Stack = new(() =>
        SynthesizedStack.Of(stack => _ = new FlowLogs(stack, "flow-logs", new FlowLogsProps(SynthesizedStack.Context(), "vpc-1", 30))));

    [Test, Property("Row", "S1")]
    public void FlowLog_RecordsAllTraffic()
    {
        JObject log = Stack.Value.Single("aws_flow_log");

        Assert.Multiple(() =>
        {
            Assert.That((string?)log["vpc_id"], Is.EqualTo("vpc-1"));
            Assert.That((string?)log["traffic_type"], Is.EqualTo("ALL"));
            Assert.That((string?)log["log_destination"], Is.EqualTo("${aws_cloudwatch_log_group.flow-logs.arn}"));
            Assert.That((string?)log["iam_role_arn"], Is.EqualTo("${aws_iam_role.flow-logs-role.arn}"));
        });
    }

    [Test, Property("Row", "S1"), Property("Row", "S12")]
    public void Record_EndsAfterItsRetention()
    {
        JObject group = Stack.Value.Single("aws_cloudwatch_log_group");

        Assert.Multiple(() =>
        {
            Assert.That((string?)group["name"], Is.EqualTo("/vpc/acme-dev/flow-logs"));
            Assert.That((int?)group["retention_in_days"], Is.EqualTo(30));
        });
    }

    [Test, Property("Row", "S10")]
    public void Role_WritesOnlyToItsLogGroup()
    {
        JToken statement = SynthesizedStack.Policy(Stack.Value.Single("aws_iam_role_policy")["policy"])["Statement"]!.Single();
        JToken trust = SynthesizedStack.Policy(Stack.Value.Single("aws_iam_role")["assume_role_policy"])["Statement"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)statement["Resource"], Is.EqualTo("${aws_cloudwatch_log_group.flow-logs.arn}:*"));
            Assert.That(statement["Action"]!.Values<string>(),
                Is.EqualTo(new[] { "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents" }));
            Assert.That((string?)trust["Principal"]!["Service"], Is.EqualTo("vpc-flow-logs.amazonaws.com"));
            Assert.That(
                (string?)trust["Condition"]!["ArnLike"]!["aws:SourceArn"], Is.EqualTo("arn:aws:ec2:us-east-2:111111111111:vpc-flow-log/*"));
        });
    }
}
