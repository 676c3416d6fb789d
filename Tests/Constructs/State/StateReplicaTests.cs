using HashiCorp.Cdktf.Providers.Aws.Provider;
using Infra.Constructs.State;
using Infra.Constructs.Storage;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.State;

[Property("Row", "H6")]
internal sealed class StateReplicaTests
{
    private static readonly Lazy<SynthesizedStack> Stack = new(() => SynthesizedStack.Of(stack =>
    {
        var context = SynthesizedStack.Context();
        var source = new SecureBucket(stack, "state", new SecureBucketProps(context, "acme-states"));
        var elsewhere = new AwsProvider(stack, "elsewhere", new AwsProviderConfig { Region = "us-west-2", Alias = "us-west-2" });
        _ = new StateReplica(stack, "state-replica", new StateReplicaProps(context, source, 365, elsewhere));
    }));

    [Test]
    public void EveryVersion_IsCopied_AndNoDeletion()
    {
        JObject replication = Stack.Value.Single("aws_s3_bucket_replication_configuration");
        JToken rule = replication["rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)replication["bucket"], Is.EqualTo("${aws_s3_bucket.state.id}"));
            Assert.That((string?)rule["status"], Is.EqualTo("Enabled"));
            Assert.That((string?)rule["filter"]!["prefix"], Is.Empty, "everything");
            Assert.That((string?)rule["destination"]!["bucket"], Is.EqualTo("arn:aws:s3:::acme-states-replica"));
            Assert.That((string?)rule["delete_marker_replication"]!["status"], Is.EqualTo("Disabled"));
            Assert.That(replication["depends_on"]!.Values<string>(),
                Is.EqualTo(new[] { "aws_s3_bucket_versioning.state_versioning", "aws_s3_bucket_versioning.state-replica_versioning" }));
        });
    }

    [Test, Property("Row", "S15")]
    public void Replica_IsAsSafe_InItsOwnRegion()
    {
        foreach (
            string address in Stack.Value.Addresses()
                .Where(address => address.Contains(".state-replica", StringComparison.Ordinal)
                    && address.StartsWith("aws_s3_bucket", StringComparison.Ordinal)))
        {
            string[] parts = address.Split('.');
            string? provider = (string?)Stack.Value.Resource(parts[0], parts[1])["provider"];
            Assert.That(provider, Is.EqualTo(parts[0] == "aws_s3_bucket_replication_configuration" ? null : "aws.us-west-2"), address);
        }
        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)Stack.Value.Resource(
                    "aws_s3_bucket_versioning", "state-replica_versioning")["versioning_configuration"]!["status"], Is.EqualTo("Enabled"));
            Assert.That((bool?)Stack.Value.Resource("aws_s3_bucket", "state-replica")["lifecycle"]!["prevent_destroy"], Is.True);
            Assert.That(
                (bool?)Stack.Value.Resource("aws_s3_bucket_public_access_block", "state-replica_public_access")["block_public_policy"],
                Is.True);
        });
    }

    [Test, Property("Row", "S10")]
    public void Role_ReadsOneBucket_AndWritesTheOther()
    {
        JObject policy = SynthesizedStack.Policy(Stack.Value.Single("aws_iam_role_policy")["policy"]);
        JToken trust = SynthesizedStack.Policy(Stack.Value.Single("aws_iam_role")["assume_role_policy"])["Statement"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)SynthesizedStack.Statement(policy, "Read")["Resource"], Is.EqualTo("arn:aws:s3:::acme-states/*"));
            Assert.That((string?)SynthesizedStack.Statement(policy, "Write")["Resource"], Is.EqualTo("arn:aws:s3:::acme-states-replica/*"));
            Assert.That((string?)trust["Condition"]!["ArnLike"]!["aws:SourceArn"], Is.EqualTo("arn:aws:s3:::acme-states"));
        });
    }
}
