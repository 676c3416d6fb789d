using Infra.Constructs.Encryption;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Encryption;

internal sealed class EnvironmentKeyTests
{
    private static SynthesizedStack Synthesize(bool disposable = false) => SynthesizedStack.Of(stack =>
        _ = new EnvironmentKey(stack, "key", new EnvironmentKeyProps(SynthesizedStack.Context(disposable: disposable))));

    private static JObject Statement(string sid) =>
        SynthesizedStack.Statement(SynthesizedStack.Policy(Synthesize().Resource("aws_kms_key", "key")["policy"]), sid);

    [Test, Property("Row", "S11")]
    public void Key_IsRotated_AndHasAName()
    {
        SynthesizedStack stack = Synthesize();

        Assert.Multiple(() =>
        {
            Assert.That((bool?)stack.Resource("aws_kms_key", "key")["enable_key_rotation"], Is.True);
            Assert.That((string?)stack.Resource("aws_kms_alias", "key")["name"], Is.EqualTo("alias/acme-dev"));
            Assert.That((string?)stack.Resource("aws_kms_alias", "key")["target_key_id"], Is.EqualTo("${aws_kms_key.key.arn}"));
        });
    }

    [TestCase(false, 30)]
    [TestCase(true, 7)]
    public void Key_HasADeletionWindow(bool disposable, int days)
    {
        JObject key = Synthesize(disposable).Resource("aws_kms_key", "key");

        Assert.Multiple(() =>
        {
            Assert.That((int?)key["deletion_window_in_days"], Is.EqualTo(days));
            Assert.That((bool?)key["lifecycle"]?["prevent_destroy"], Is.EqualTo(disposable ? null : true));
        });
    }

    [TestCase("PublishersEncrypt", "budgets.amazonaws.com cloudwatch.amazonaws.com", "StringEquals", "aws:SourceAccount", "111111111111")]
    [TestCase("LogGroups", "logs.us-east-2.amazonaws.com", "ArnLike", "kms:EncryptionContext:aws:logs:arn",
        "arn:aws:logs:us-east-2:111111111111:log-group:*")]
    [TestCase("Distributions", "cloudfront.amazonaws.com", "ArnLike", "aws:SourceArn", "arn:aws:cloudfront::111111111111:distribution/*")]
    [TestCase("TaskStorage", "fargate.amazonaws.com", "StringEquals", "kms:EncryptionContext:aws:ecs:clusterName", "acme-dev")]
    [TestCase("TaskStorageGrant", "fargate.amazonaws.com", "ForAllValues:StringEquals", "kms:GrantOperations", "Decrypt")]
    [Property("Row", "S11"), Property("Row", "S10")]
    public void Services_UseItOnlyForThisAccount(string sid, string service, string @operator, string key, string value)
    {
        JObject statement = Statement(sid);

        Assert.Multiple(() =>
        {
            Assert.That(
                string.Join(' ', statement["Principal"]!["Service"] is JArray many
                    ? many.Values<string>()
                    : [(string?)statement["Principal"]!["Service"]]), Is.EqualTo(service));
            Assert.That((string?)statement["Condition"]![@operator]![key], Is.EqualTo(value));
        });
    }

    [Test, Property("Finding", "A1")]
    public void EventBridge_UsesItWithoutCondition()
    {
        JObject statement = Statement("EventBridgeEncrypts");

        Assert.Multiple(() =>
        {
            Assert.That((string?)statement["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
            Assert.That(statement["Action"]!.Values<string>(), Is.EqualTo(new[] { "kms:Decrypt", "kms:GenerateDataKey*" }));
            Assert.That(statement["Condition"], Is.Null, "EventBridge sends no source to KMS");
        });
    }

    [Test, Property("Row", "S11")]
    public void Account_DecidesForItsRoles() =>
        Assert.That((string?)Statement("AccountDecidesByIam")["Principal"]!["AWS"], Is.EqualTo("arn:aws:iam::111111111111:root"));
}
