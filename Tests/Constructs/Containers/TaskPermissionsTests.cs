using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Iam;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class TaskPermissionsTests
{
    private static readonly GrantableArns Grants = new(
        new Dictionary<string, string> { ["files"] = "arn:aws:s3:::acme-files", ["raw-data"] = "arn:aws:s3:::acme-raw" },
        new Dictionary<string, string> { ["sessions"] = "arn:aws:dynamodb:us-east-2:111111111111:table/acme-sessions" },
        new Dictionary<string, string> { ["orders"] = "arn:orders", ["mail"] = "arn:mail" },
        new Dictionary<string, string> { ["jwt"] = "arn:jwt", ["api"] = "arn:api" });

    private static IReadOnlyList<Statement> Rights(UsesConfig uses, bool exec = false) =>
        TaskPermissions.Of(SynthesizedStack.Context(), new ServiceConfig { Port = 8000, Uses = uses, Exec = exec }, Grants);

    private static Statement Right(UsesConfig uses, string sid, bool exec = false) =>
        Rights(uses, exec).Single(statement => statement.Sid == sid);

    [Test, Property("Row", "S10")]
    public void WithoutUses_NothingIsAllowed() => Assert.That(Rights(new UsesConfig()), Is.Empty);

    [TestCase("read", "s3:GetObject s3:GetObjectVersion")]
    [TestCase("write", "s3:AbortMultipartUpload s3:DeleteObject s3:PutObject")]
    [TestCase("readwrite", "s3:AbortMultipartUpload s3:DeleteObject s3:GetObject s3:GetObjectVersion s3:PutObject")]
    [Property("Row", "T7"), Property("Row", "H4")]
    public void Bucket_HasTheConfiguredAccess(string use, string actions)
    {
        var uses = new UsesConfig { Buckets = [$"files:{use}"] };

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', Right(uses, "BucketFiles").Actions), Is.EqualTo(actions));
            Assert.That(Right(uses, "BucketFiles").Resources, Is.EqualTo(new[] { "arn:aws:s3:::acme-files/*" }));
            Assert.That(Right(uses, "BucketFilesList").Actions, Is.EqualTo(new[] { "s3:GetBucketLocation", "s3:ListBucket" }));
            Assert.That(Right(uses, "BucketFilesList").Resources, Is.EqualTo(new[] { "arn:aws:s3:::acme-files" }));
        });
    }

    [Test, Property("Row", "H4"), Property("Row", "S10")]
    public void OtherBuckets_AreOutOfReach() =>
        Assert.That(
            Rights(new UsesConfig { Buckets = ["raw-data:readwrite"] }).SelectMany(statement => statement.Resources),
            Is.EqualTo(new[] { "arn:aws:s3:::acme-raw", "arn:aws:s3:::acme-raw/*" }));

    [Test, Property("Row", "L7")]
    public void Agents_AreInvoked_ByTheirRuntimesName() =>
        Assert.That(
            Right(new UsesConfig { Agents = ["clerk", "assistant"] }, "Agents").Resources,
            Is.EqualTo(
                new[] { "assistant", "clerk" }.Select(
                    agent => $"arn:aws:bedrock-agentcore:us-east-2:111111111111:runtime/acme_dev_{agent}-*")));

    [Test]
    public void Sid_HasOnlyLettersAndDigits() =>
        Assert.That(Rights(new UsesConfig { Buckets = ["raw-data:read"] }).Select(statement => statement.Sid),
            Is.EqualTo(new[] { "BucketRawDataList", "BucketRawData" }));

    [Test, Property("Row", "S10")]
    public void Table_IsReadWithItsIndexes_AndNotWritten()
    {
        Statement table = Right(new UsesConfig { Tables = ["sessions:read"] }, "TableSessions");

        Assert.Multiple(() =>
        {
            Assert.That(table.Resources, Is.EqualTo(new[]
            {
                "arn:aws:dynamodb:us-east-2:111111111111:table/acme-sessions",
                "arn:aws:dynamodb:us-east-2:111111111111:table/acme-sessions/index/*",
            }));
            Assert.That(table.Actions, Does.Contain("dynamodb:Query"));
            Assert.That(
                table.Actions.Where(action => action.Contains("Put")
                    || action.Contains("Update")
                    || action.Contains("Delete")
                    || action.Contains("Write")), Is.Empty);
        });
    }

    [Test]
    public void Table_IsWritten_IfConfigured() =>
        Assert.That(
            Right(new UsesConfig { Tables = ["sessions:write"] }, "TableSessions").Actions,
            Is.EqualTo(new[] { "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem" }));

    [Test]
    public void Queues_AreSentTo_OrReceivedFrom()
    {
        var uses = new UsesConfig { Queues = ["orders:send", "mail:receive"] };
        const string Receive = "sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage";

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', Right(uses, "QueueOrders").Actions),
                Is.EqualTo("sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage"));
            Assert.That(Right(uses, "QueueOrders").Resources, Is.EqualTo(new[] { "arn:orders" }));
            Assert.That(string.Join(' ', Right(uses, "QueueMail").Actions), Is.EqualTo(Receive));
            Assert.That(string.Join(' ', Right(new UsesConfig { Queues = ["mail:send", "mail:receive"] }, "QueueMail").Actions),
                Is.EqualTo($"{Receive} sqs:SendMessage"));
        });
    }

    [TestCase("mail:receive", "ReadEncrypted", "kms:Decrypt")]
    [TestCase("mail:send", "WriteEncrypted", "kms:Decrypt kms:GenerateDataKey")]
    public void EncryptedQueue_NeedsTheKey_ThroughSqs(string use, string sid, string actions)
    {
        Statement key = TaskPermissions.Of(
            SynthesizedStack.Context() with { KeyArn = "arn:key" }, new UsesConfig { Queues = [use] }, Grants).Single(s => s.Sid == sid);

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', key.Actions), Is.EqualTo(actions));
            Assert.That(key.Conditions.Single().Values, Is.EqualTo(new[] { "sqs.us-east-2.amazonaws.com" }));
        });
    }

    [Test, Property("Row", "T7")]
    public void Secrets_AreReadByArn_InAStableOrder()
    {
        Statement secrets = Right(new UsesConfig { Secrets = ["jwt", "api"] }, "Secrets");

        Assert.Multiple(() =>
        {
            Assert.That(secrets.Actions, Is.EqualTo(new[] { "secretsmanager:GetSecretValue" }));
            Assert.That(secrets.Resources, Is.EqualTo(new[] { "arn:api", "arn:jwt" }));
        });
    }

    [Test, Property("Row", "T7")]
    public void Models_AreInvokedByName()
    {
        Statement models = Right(new UsesConfig { Models = ["anthropic.claude-3-haiku-20240307-v1:0"] }, "Models");

        Assert.Multiple(() =>
        {
            Assert.That(models.Actions, Is.EqualTo(new[] { "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream" }));
            Assert.That(models.Resources,
                Is.EqualTo(new[] { "arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-3-haiku-20240307-v1:0" }));
        });
    }

    // https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
    [TestCase("us.anthropic.claude-sonnet-4-20250514-v1:0"), TestCase("global.anthropic.claude-sonnet-4-20250514-v1:0")]
    [Property("Finding", "A10")]
    public void InferenceProfile_IsInvoked_AndItsModelInEachRegionThatItRoutesTo(string profile)
    {
        var uses = new UsesConfig { Models = [profile, "amazon.nova-lite-v1:0"] };
        string arn = $"arn:aws:bedrock:us-east-2:111111111111:inference-profile/{profile}";
        Statement routed = Right(uses, "ModelsOfProfiles");

        Assert.Multiple(() =>
        {
            Assert.That(
                Right(uses, "Models").Resources, Is.EqualTo(new[] { "arn:aws:bedrock:us-east-2::foundation-model/amazon.nova-lite-v1:0" }));
            Assert.That(Right(uses, "InferenceProfiles").Resources, Is.EqualTo(new[] { arn }));
            Assert.That(routed.Actions, Is.EqualTo(new[] { "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream" }));
            Assert.That(
                routed.Resources, Is.EqualTo(new[] { "arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0" }));
            Assert.That(routed.Conditions.Select(condition => $"{condition.Operator} {condition.Key} {string.Join(' ', condition.Values)}"),
                Is.EqualTo(new[] { $"StringEquals bedrock:InferenceProfileArn {arn}" }));
        });
    }

    [Test, Property("Row", "S3")]
    public void Exec_OpensItsChannels_OnlyIfConfigured()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Right(new UsesConfig(), "Exec", exec: true).Actions, Is.All.StartsWith("ssmmessages:"));
            Assert.That(Rights(new UsesConfig { Buckets = ["files:read"] }).Select(statement => statement.Sid), Has.None.EqualTo("Exec"));
        });
    }

    [TestCase("files"), TestCase("files:append"), TestCase("files:read:write")]
    public void Use_WithoutAccess_IsRejected(string use) =>
        Assert.That(() => Rights(new UsesConfig { Buckets = [use] }), Throws.ArgumentException.With.Message.StartsWith($"'{use}'"));
}
