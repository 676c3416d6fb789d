using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Monitoring;

internal sealed class AlertTopicTests
{
    private static SynthesizedStack Synthesize(bool disposable = false, params string[] emails) => SynthesizedStack.Of(stack =>
        _ = new AlertTopic(stack, "alerts", new AlertTopicProps(SynthesizedStack.Context(disposable: disposable), emails)));

    [Test, Property("Row", "S12"), Property("Row", "T9")]
    public void Topic_IsEncryptedWithAKeyThatAlarmsMayUse()
    {
        SynthesizedStack stack = Synthesize();
        JObject key = stack.Resource("aws_kms_key", "alerts_key");
        JObject alarms = SynthesizedStack.Statement(SynthesizedStack.Policy(key["policy"]), "PublishersEncrypt");

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)stack.Resource("aws_sns_topic", "alerts")["kms_master_key_id"], Is.EqualTo("${aws_kms_key.alerts_key.arn}"));
            Assert.That((bool?)key["enable_key_rotation"], Is.True);
            Assert.That(alarms["Principal"]!["Service"]!.Values<string>(),
                Is.EqualTo(new[] { "budgets.amazonaws.com", "cloudwatch.amazonaws.com" }));
            Assert.That(alarms["Action"]!.Values<string>(), Is.EqualTo(new[] { "kms:Decrypt", "kms:GenerateDataKey*" }));
            Assert.That((string?)alarms["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
        });
    }

    [Test, Property("Row", "S12"), Property("Row", "S10")]
    public void Topic_AcceptsOnlyAlarmsOfThisAccount()
    {
        JObject policy = SynthesizedStack.Policy(Synthesize().Resource("aws_sns_topic_policy", "alerts_policy")["policy"]);
        JObject publish = SynthesizedStack.Statement(policy, "AlarmsPublish");

        Assert.Multiple(() =>
        {
            Assert.That(policy["Statement"]!.Where(s => (string?)s["Effect"] == "Allow").Select(s => (string?)s["Sid"]),
                Is.EqualTo(new[] { "AlarmsPublish", "BudgetsPublish", "EventsPublish" }));
            Assert.That((string?)publish["Principal"]!["Service"], Is.EqualTo("cloudwatch.amazonaws.com"));
            Assert.That((string?)publish["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
            Assert.That((string?)publish["Condition"]!["ArnLike"]!["aws:SourceArn"],
                Is.EqualTo("arn:aws:cloudwatch:us-east-2:111111111111:alarm:*"));
        });
    }

    [Test, Property("Row", "S12"), Property("Row", "H10")]
    public void Topic_AcceptsOnlyBudgetsOfThisAccount()
    {
        JObject publish = SynthesizedStack.Statement(
            SynthesizedStack.Policy(Synthesize().Resource("aws_sns_topic_policy", "alerts_policy")["policy"]), "BudgetsPublish");

        Assert.Multiple(() =>
        {
            Assert.That((string?)publish["Principal"]!["Service"], Is.EqualTo("budgets.amazonaws.com"));
            Assert.That((string?)publish["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
            Assert.That((string?)publish["Condition"]!["ArnLike"]!["aws:SourceArn"], Is.EqualTo("arn:aws:budgets::111111111111:*"));
        });
    }

    [Test, Property("Finding", "A1")]
    public void EventBridge_PublishesEncrypted_WithoutConditions()
    {
        SynthesizedStack stack = Synthesize();
        JObject encrypts = SynthesizedStack.Statement(
            SynthesizedStack.Policy(stack.Resource("aws_kms_key", "alerts_key")["policy"]), "EventBridgeEncrypts");
        JObject publishes = SynthesizedStack.Statement(
            SynthesizedStack.Policy(stack.Resource("aws_sns_topic_policy", "alerts_policy")["policy"]), "EventsPublish");

        Assert.Multiple(() =>
        {
            Assert.That((string?)encrypts["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
            Assert.That(encrypts["Condition"], Is.Null, "a key policy's conditions keep EventBridge out");
            Assert.That((string?)publishes["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
            Assert.That(publishes["Condition"], Is.Null, "a topic policy's conditions keep EventBridge out");
            Assert.That((string?)publishes["Resource"], Is.EqualTo("arn:aws:sns:us-east-2:111111111111:acme-dev-alerts"));
        });
    }

    [Test, Property("Row", "S12")]
    public void Topic_DeniesPlainHttp()
    {
        JObject policy = SynthesizedStack.Policy(Synthesize().Resource("aws_sns_topic_policy", "alerts_policy")["policy"]);
        JObject deny = SynthesizedStack.Statement(policy, "TlsOnly");

        Assert.Multiple(() =>
        {
            Assert.That((string?)deny["Effect"], Is.EqualTo("Deny"));
            Assert.That((string?)deny["Principal"], Is.EqualTo("*"));
            Assert.That((string?)deny["Condition"]!["Bool"]!["aws:SecureTransport"], Is.EqualTo("false"));
        });
    }

    [Test]
    public void Subscription_KeepsItsAddress_WhenOthersComeAndGo()
    {
        string alone = Synthesize(emails: "ops@example.com").Ids("aws_sns_topic_subscription").Single();
        SynthesizedStack both = Synthesize(emails: ["first@example.com", "ops@example.com"]);

        Assert.Multiple(() =>
        {
            Assert.That((string?)both.Resource("aws_sns_topic_subscription", alone)["endpoint"], Is.EqualTo("ops@example.com"));
            Assert.That(both.Ids("aws_sns_topic_subscription"), Has.Count.EqualTo(2));
        });
    }

    [TestCase(false, 30)]
    [TestCase(true, 7)]
    public void Key_CanBeRestoredFor(bool disposable, int days)
    {
        Assert.That((int?)Synthesize(disposable).Resource("aws_kms_key", "alerts_key")["deletion_window_in_days"], Is.EqualTo(days));
    }
}
