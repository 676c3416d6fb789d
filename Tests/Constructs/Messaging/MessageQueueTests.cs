using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Messaging;
using Infra.Constructs.Monitoring;
using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Messaging;

internal sealed class MessageQueueTests
{
    private const string Arn = "arn:aws:sqs:us-east-2:111111111111:acme-dev-orders";

    private static SynthesizedStack Synthesize(QueueConfig config, DeploymentContext? context = null) => SynthesizedStack.Of(stack =>
        _ = new MessageQueue(stack, "queue-orders",
            new MessageQueueProps(context ?? SynthesizedStack.Context(), "orders", config, new AlertTopicOutputs("arn:alerts"))));

    private static JObject Queue(SynthesizedStack stack) => stack.Resource("aws_sqs_queue", "queue-orders");

    private static JObject DeadLetters(SynthesizedStack stack) => stack.Resource("aws_sqs_queue", "queue-orders-dlq");

    [Test]
    public void Queue_HasTheSettingsOfTheEnvironmentFile()
    {
        JObject queue = Queue(Synthesize(new QueueConfig
        {
            VisibilityTimeoutSeconds = 300,
            RetentionDays = 2,
            MaximumMessageKiB = 64,
            ReceiveWaitSeconds = 10,
            DelaySeconds = 5,
        }));

        Assert.Multiple(() =>
        {
            Assert.That((string?)queue["name"], Is.EqualTo("acme-dev-orders"));
            Assert.That((int?)queue["visibility_timeout_seconds"], Is.EqualTo(300));
            Assert.That((int?)queue["message_retention_seconds"], Is.EqualTo(172800));
            Assert.That((int?)queue["max_message_size"], Is.EqualTo(65536));
            Assert.That((int?)queue["receive_wait_time_seconds"], Is.EqualTo(10));
            Assert.That((int?)queue["delay_seconds"], Is.EqualTo(5));
            Assert.That(queue["fifo_queue"], Is.Null);
        });
    }

    [Test]
    public void Messages_ThatFail_AreMovedToADeadLetterQueueOfItsOwn()
    {
        SynthesizedStack stack = Synthesize(new QueueConfig { MaxReceives = 3 });

        Assert.Multiple(() =>
        {
            Assert.That((string?)Queue(stack)["redrive_policy"],
                Is.EqualTo("""{"deadLetterTargetArn":"${aws_sqs_queue.queue-orders-dlq.arn}","maxReceiveCount":3}"""));
            Assert.That((string?)DeadLetters(stack)["redrive_allow_policy"],
                Is.EqualTo($$"""{"redrivePermission":"byQueue","sourceQueueArns":["{{Arn}}"]}"""));
            Assert.That((string?)DeadLetters(stack)["name"], Is.EqualTo("acme-dev-orders-dlq"));
            Assert.That((int?)DeadLetters(stack)["message_retention_seconds"], Is.EqualTo(1209600));
        });
    }

    [Test]
    public void DeadLetters_RaiseAnAlarm()
    {
        JObject alarm = Synthesize(new QueueConfig()).Single("aws_cloudwatch_metric_alarm");

        Assert.Multiple(() =>
        {
            Assert.That((string?)alarm["alarm_name"], Is.EqualTo("acme-dev-queue-orders-dead-letters"));
            Assert.That((string?)alarm["metric_name"], Is.EqualTo("ApproximateNumberOfMessagesVisible"));
            Assert.That((string?)alarm["dimensions"]!["QueueName"], Is.EqualTo("acme-dev-orders-dlq"));
            Assert.That((string?)alarm["comparison_operator"], Is.EqualTo("GreaterThanThreshold"));
            Assert.That((int?)alarm["threshold"], Is.Zero);
            Assert.That(alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }));
        });
    }

    [Test]
    public void WithoutADeadLetterQueue_ThereIsOnlyTheQueue()
    {
        SynthesizedStack stack = Synthesize(new QueueConfig { DeadLetterQueue = false });

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_sqs_queue"), Is.EqualTo(new[] { "queue-orders" }));
            Assert.That(stack.Ids("aws_cloudwatch_metric_alarm"), Is.Empty);
            Assert.That(Queue(stack)["redrive_policy"], Is.Null);
        });
    }

    [Test]
    public void FifoQueue_HasADeadLetterQueueOfTheSameType()
    {
        SynthesizedStack stack = Synthesize(new QueueConfig { Fifo = true, ContentBasedDeduplication = true });

        Assert.Multiple(() =>
        {
            Assert.That((string?)Queue(stack)["name"], Is.EqualTo("acme-dev-orders.fifo"));
            Assert.That((string?)DeadLetters(stack)["name"], Is.EqualTo("acme-dev-orders-dlq.fifo"));
            Assert.That((bool?)Queue(stack)["fifo_queue"], Is.True);
            Assert.That((bool?)DeadLetters(stack)["fifo_queue"], Is.True);
            Assert.That((bool?)Queue(stack)["content_based_deduplication"], Is.True);
            Assert.That((string?)DeadLetters(stack)["redrive_allow_policy"], Does.Contain($"\"{Arn}.fifo\""));
        });
    }

    [Test]
    public void BothQueues_AreEncrypted_OnlyOverTls_AndKept()
    {
        SynthesizedStack stack = Synthesize(new QueueConfig());
        SynthesizedStack own = Synthesize(new QueueConfig(), SynthesizedStack.Context() with { KeyArn = "arn:key" });

        Assert.Multiple(() =>
        {
            foreach (JObject queue in new[] { Queue(stack), DeadLetters(stack) })
            {
                Assert.That((bool?)queue["sqs_managed_sse_enabled"], Is.True);
                Assert.That((bool?)queue["lifecycle"]!["prevent_destroy"], Is.True);
                JToken statement = JObject.Parse((string)queue["policy"]!)["Statement"]!.Single();
                Assert.That((string?)statement["Effect"], Is.EqualTo("Deny"));
                Assert.That((string?)statement["Condition"]!["Bool"]!["aws:SecureTransport"], Is.EqualTo("false"));
            }
            foreach (JObject queue in new[] { Queue(own), DeadLetters(own) })
            {
                Assert.That((string?)queue["kms_master_key_id"], Is.EqualTo("arn:key"));
                Assert.That(queue["sqs_managed_sse_enabled"], Is.Null);
            }
        });
    }

    [TestCase(false, "-orders"), TestCase(true, "-orders.fifo")]
    public void LongNames_AreShortened_AndKeepTheEnding(bool fifo, string ending)
    {
        var names = new Names(new string('a', 24), "production-beta1", "111111111111");

        string shortName = names.Queue("orders", fifo);
        string longName = names.DeadLetterQueue($"{new string('b', 32)}", fifo);

        Assert.Multiple(() =>
        {
            Assert.That(shortName, Does.EndWith(ending));
            Assert.That(longName, Has.Length.LessThanOrEqualTo(80));
            Assert.That(longName, fifo ? Does.EndWith(".fifo") : Does.Not.Contain("."));
        });
    }
}
