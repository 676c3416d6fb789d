using Amazon.Runtime;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>An alarm that is raised on purpose, and its notification in a queue that is subscribed to the alerts topic.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AlarmTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";
    private const string Alarm = "shop-alarmed-backup-failed";
    private const string Topic = $"arn:aws:sns:{Region}:{Account}:shop-alarmed-alerts";
    private const string Inbox = $"arn:aws:sqs:{Region}:{Account}:inbox";

    [Test, Property("Row", "D-L6")]
    public async Task AnAlarm_IsMadeToFire_AndArrives()
    {
        using var sandbox = new Sandbox();
        string environment = sandbox.Environment("alarmed", """
            {
              "name": "alarmed", "project": "shop", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "network": { "vpc": "none" }, "tables": { "sessions": { "partitionKey": "user:S" } }, "backup": {}
            }
            """);
        string[] choice = ["--env", environment, "--yes"];
        sandbox.Expect(0, ["deploy", "base", .. choice]);
        AwsAccess access = sandbox.Access(Account, Region);

        Run listed = sandbox.Expect(0, ["alarms", "list", .. choice]);
        Run nobody = sandbox.Expect(1, ["alarms", "test", Alarm, .. choice]);
        string url = await SubscribeAsync(sandbox, access);
        Run run = sandbox.Expect(0, ["alarms", "test", Alarm, .. choice]);
        JObject[] messages = await ReceiveAsync(sandbox, url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Output, Does.Contain($"{Alarm}: OK, notifies shop-alarmed-alerts"));
            Assert.That(nobody.Output, Does.Contain("shop-alarmed-alerts has no confirmed subscription: nobody is notified"));
            Assert.That(run.Output, Does.Contain($"shop-alarmed-alerts: published, sent to {Inbox} (sqs)"));
            Assert.That(messages.Select(message => $"{message["AlarmName"]}: {message["NewStateValue"]}"),
                Is.EquivalentTo(new[] { $"{Alarm}: ALARM", $"{Alarm}: OK" }));
            Assert.That((string?)messages.Single(message => (string?)message["NewStateValue"] == "ALARM")["NewStateReason"],
                Is.EqualTo("Test by ./infra alarms test"));
            Assert.That(sandbox.Expect(0, ["alarms", "list", .. choice]).Output, Does.Contain($"{Alarm}: OK"));
        }
    }

    /// <summary>Creates a queue that the topic sends to.</summary>
    private static async Task<string> SubscribeAsync(Sandbox sandbox, AwsAccess access)
    {
        JObject queue = await Sqs(sandbox).JsonAsync("CreateQueue", new JObject { ["QueueName"] = "inbox" });
        await access.Api("sns").QueryAsync(
            "Subscribe", new Dictionary<string, string> { ["TopicArn"] = Topic, ["Protocol"] = "sqs", ["Endpoint"] = Inbox });
        return (string)queue["QueueUrl"]!;
    }

    /// <summary>Messages of alarms in the queue.</summary>
    private static async Task<JObject[]> ReceiveAsync(Sandbox sandbox, string url) =>
    [
        .. (await Sqs(sandbox).JsonAsync("ReceiveMessage", new JObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 10 }))["Messages"]!
            .Select(message => JObject.Parse((string)JObject.Parse((string)message["Body"]!)["Message"]!)),
    ];

    private static AwsApi Sqs(Sandbox sandbox) => new(
        new AwsService("sqs") { Target = "AmazonSQS", JsonVersion = "1.0" }, Region, new BasicAWSCredentials(Account, "emulator"),
        sandbox.Emulator);
}
