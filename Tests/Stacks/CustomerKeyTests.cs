using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>
/// With <c>security.encryption: customer</c>, every resource that supports a key uses the environment's, in every example.
/// </summary>
internal sealed class CustomerKeyTests
{
    /// <summary>Attributes that support a key and do not get it, with the reason.</summary>
    private static readonly (string Type, string Attribute, Func<string, JObject, bool> Applies, string Reason)[] Exceptions =
    [
        ("aws_s3_bucket", "kms_master_key_id", (_, _) => true,
            "a block that the provider gave up for aws_s3_bucket_server_side_encryption_configuration"),
        ("aws_s3_bucket", "replica_kms_key_id", (_, _) => true,
            "a block that the provider gave up for aws_s3_bucket_replication_configuration"),
        ("aws_s3_bucket_server_side_encryption_configuration", "kms_master_key_id",
            (id, _) => id.EndsWith("-logs_encryption", StringComparison.Ordinal),
            "load balancers and S3 write access logs to buckets with S3's own key alone"),
        ("aws_backup_vault", "kms_key_arn", (id, _) => id == "backup-copy",
            "the copy's vault is in another region, where a key of this one cannot be used"),
        ("aws_ecr_repository_creation_template", "kms_key", (_, _) => true,
            "copies of images are in another region, where a key of this one cannot be used"),
        ("aws_ssm_parameter", "key_id", (_, resource) => (string?)resource["type"] == "String",
            "only a SecureString is encrypted with a key"),
        ("aws_ecs_service", "kms_key", (_, service) => !Has(service, "tls"), "for certificates of Service Connect, where it has some"),
        ("aws_ecs_service", "kms_key_id", (_, service) => !Has(service, "managed_ebs_volume"), "for volumes of EBS, where it has some"),
        ("aws_sqs_queue", "kms_data_key_reuse_period_seconds", (_, _) => true, "a time, not a key"),
        ("aws_cognito_user_pool", "kms_key_id", (_, _) => true, "for Lambda functions that send a pool's messages, which no pool has"),
    ];

    private static readonly string[] Key = ["${aws_kms_key.key.arn}", "${data.terraform_remote_state.base.outputs.key_arn}"];

    private static readonly Dictionary<Example, SynthesizedDeployment> Made = [];

    /// <summary>The example with a customer managed key.</summary>
    private static SynthesizedDeployment With(Example example)
    {
        if (!Made.TryGetValue(example, out SynthesizedDeployment? deployment))
            Made[example] = deployment = SynthesizedDeployment.Of(WrittenEnvironment.Load(example.Config.Name, $$"""
                { "extends": "@/{{example.File}}", "deployedFrom": null, "security": { "encryption": "customer" } }
                """));
        return deployment;
    }

    private static IEnumerable<TestCaseData> Stacks =>
        from example in Example.All
        from stack in new[] { "base", "runtime" }
        select new TestCaseData(example, stack).SetArgDisplayNames(example.File, stack);

    [TestCaseSource(nameof(Stacks)), Property("Row", "S11")]
    public void EveryResourceThatSupportsAKey_HasIt(Example example, string stack)
    {
        IEnumerable<string> without =
            from type in ((JObject)With(example)[stack].Json["resource"]!).Properties()
            from resource in ((JObject)type.Value).Properties()
            from attribute in KeyAttributes.Of(type.Name)
            where !Exceptions.Any(e => e.Type == type.Name && e.Attribute == attribute && e.Applies(resource.Name, (JObject)resource.Value))
            let values = ((JObject)resource.Value)
                .Descendants()
                .OfType<JProperty>()
                .Where(property => property.Name == attribute)
                .Select(property => (string?)Named(property.Value))
                .ToArray()
            where values.Length == 0 || !values.All(Key.Contains)
            select $"{type.Name}.{resource.Name}: {attribute} is {(values.Length == 0 ? "not set" : string.Join(", ", values))}";

        Assert.That(without, Is.Empty, "pass Context.KeyArn, or say in Exceptions why not");
    }

    [TestCaseSource(nameof(Stacks)), Property("Row", "S11")]
    public void NoOtherKey_IsCreated(Example example, string stack) =>
        Assert.That(With(example)[stack].Ids("aws_kms_key"), stack == "base" ? Is.EqualTo(new[] { "key" }) : Is.Empty);

    [TestCaseSource(nameof(Stacks)), Property("Row", "S11")]
    public void WithoutTheSetting_NothingNamesAKeyOfTheEnvironments(Example example, string stack) =>
        Assert.That(CanonicalJson.Write(example.Deployment[stack].Json), Does.Not.Contain(Key[0]).And.Not.Contain("outputs.key_arn"));

    // The query of the bindings must match the provider's schema: with a wrong query all tests above would pass.
    [TestCase("aws_db_instance", "kms_key_id", "master_user_secret_kms_key_id", "performance_insights_kms_key_id")]
    [TestCase("aws_dynamodb_table", "kms_key_arn")]
    [TestCase("aws_ecr_repository", "kms_key")]
    [TestCase("aws_ecs_cluster", "fargate_ephemeral_storage_kms_key_id", "kms_key_id")]
    [TestCase("aws_cloudwatch_log_group", "kms_key_id")]
    [TestCase("aws_s3_bucket_server_side_encryption_configuration", "kms_master_key_id")]
    [TestCase("aws_secretsmanager_secret", "kms_key_id")]
    [TestCase("aws_sns_topic", "kms_master_key_id")]
    [TestCase("aws_ssm_parameter", "key_id")]
    [TestCase("aws_vpc")]
    public void KeyAttributes_AreThoseOfTheProvider(string type, params string[] attributes) =>
        Assert.That(KeyAttributes.Of(type), Is.EqualTo(attributes));

    [Test, Property("Row", "S11")]
    public void StateBucketAndLockTable_KeepAwsKeys()
    {
        // The state must be readable before the environment's key exists, and after it is lost.
        SynthesizedStack bootstrap = With(Example.Tap).Bootstrap;
        JToken encryption =
            bootstrap.Resource("aws_s3_bucket_server_side_encryption_configuration",
                "state_encryption")["rule"]![0]!["apply_server_side_encryption_by_default"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)encryption["sse_algorithm"], Is.EqualTo("AES256"));
            Assert.That((string?)bootstrap.Resource("aws_dynamodb_table", "lock")["server_side_encryption"]!["kms_key_arn"], Is.Null);
        });
    }

    [Test, Property("Row", "S11"), Property("Row", "T7")]
    public void Roles_MayUseTheKey_OnlyThroughServicesTheyRead()
    {
        SynthesizedStack tap = With(Example.Tap).Base;
        JObject execution = Statement("backend-execution_start", "ReadEncrypted");
        JObject secrets = Statement("backend-task_uses", "ReadEncrypted");
        JObject files = Statement("backend-task_uses", "WriteEncrypted");
        JObject sites = Statement("github-delivery_deliver", "WriteEncrypted");

        Assert.Multiple(() =>
        {
            Assert.That(Via(execution), Is.EqualTo(new[] { "secretsmanager.us-east-1.amazonaws.com", "ssm.us-east-1.amazonaws.com" }));
            Assert.That(Via(secrets), Is.EqualTo(new[] { "secretsmanager.us-east-1.amazonaws.com" }));
            Assert.That(Via(files), Is.EqualTo(new[] { "s3.us-east-1.amazonaws.com" }));
            Assert.That(Via(sites), Is.EqualTo(new[] { "s3.us-east-1.amazonaws.com" }));
            Assert.That((string?)execution["Action"], Is.EqualTo("kms:Decrypt"));
            Assert.That(files["Action"]!.Values<string>(), Is.EqualTo(new[] { "kms:Decrypt", "kms:GenerateDataKey" }));
            Assert.That(new[] { execution, secrets, files, sites }.Select(s => (string?)s["Resource"]), Is.All.EqualTo(Key[0]));
        });

        JObject Statement(string policy, string sid) =>
            SynthesizedStack.Statement(SynthesizedStack.Policy(tap.Resource("aws_iam_role_policy", policy)["policy"]), sid);
        string[] Via(JObject statement) => statement["Condition"]!["StringEquals"]!["kms:ViaService"] switch
        {
            JArray many => [.. many.Values<string>().OfType<string>()],
            var one => [(string)one!],
        };
    }

    private static bool Has(JObject resource, string block) =>
        resource.Descendants().OfType<JProperty>().Any(property => property.Name == block);

    // CodeBuild has an ARN, CodePipeline a block with an id.
    private static JToken? Named(JToken value) => value switch
    {
        JObject block => block["id"],
        JArray { Count: 1 } blocks => blocks[0]["id"],
        _ => value,
    };
}
