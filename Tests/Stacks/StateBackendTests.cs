using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

internal sealed class StateBackendTests
{
    // Examples with their own state settings have tests of the literal values: Tests/Stacks/LiteralValues.
    private static string KeyOf(Example example, string stack) =>
        stack is "bootstrap" or "pipeline" ? $"{example.Config.Project}/{stack}"
        : example.Config.State.Key?.Replace("{stack}", stack, StringComparison.Ordinal)
            ?? $"{example.Config.Project}/{example.Config.Name}/{stack}";

    private static bool HasDefaultState(Example example) => !new[]
    {
        Example.Tap, Example.TapProduction, Example.DurableCode, Example.DurableCodeProduction,
    }.Contains(example);

    private static string BucketOf(Example example) => HasDefaultState(example)
        ? $"{example.Config.Project}-tfstate-{example.Config.Account}"
        : example.Config.State.Bucket!;

    private static string TableOf(Example example) =>
        HasDefaultState(example) ? $"{example.Config.Project}-tfstate-lock" : example.Config.State.LockTable!;

    private static JObject Backend(Example example, string stack)
    {
        var backends = (JObject)example.Deployment[stack].Json["terraform"]!["backend"]!;
        Assert.That(backends.Properties().Select(backend => backend.Name), Is.EqualTo(new[] { "s3" }));
        return (JObject)backends["s3"]!;
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "D1"), Property("Row", "H6"), Property("Row", "S15")]
    public void State_IsEncryptedAndLockedTwice(Example example, string stack)
    {
        JObject backend = Backend(example, stack);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)backend["encrypt"], Is.True);
            Assert.That((string?)backend["dynamodb_table"], Is.EqualTo(TableOf(example)));
            Assert.That((bool?)backend["use_lockfile"], Is.True);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "D1"), Property("Row", "P3")]
    public void State_IsInTheAccountsBucket_UnderTheStacksKey(Example example, string stack)
    {
        JObject backend = Backend(example, stack);

        Assert.Multiple(() =>
        {
            Assert.That((string?)backend["bucket"], Is.EqualTo(BucketOf(example)));
            Assert.That((string?)backend["key"], Is.EqualTo(KeyOf(example, stack)));
            Assert.That((string?)backend["region"], Is.EqualTo(example.Config.Region));
            Assert.That(backend["allowed_account_ids"]!.Values<string>(), Is.EqualTo(new[] { example.Config.Account }));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D6")]
    public void Runtime_ReadsBase_WhereBaseKeepsItsState(Example example)
    {
        JObject state = example.Runtime.Data("terraform_remote_state", "base");
        JObject backend = Backend(example, "base");

        Assert.Multiple(() =>
        {
            Assert.That((string?)state["backend"], Is.EqualTo("s3"));
            foreach (string setting in new[] { "bucket", "key", "region" })
                Assert.That((string?)state["config"]![setting], Is.EqualTo((string?)backend[setting]), setting);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "D1"), Property("Row", "S15")]
    public void Bootstrap_CreatesTheBucketAndTheTableOfTheBackends(Example example)
    {
        JObject backend = Backend(example, "base");

        Assert.Multiple(() =>
        {
            Assert.That((string?)example.Bootstrap.Resource("aws_s3_bucket", "state")["bucket"], Is.EqualTo((string?)backend["bucket"]));
            Assert.That(
                (string?)example.Bootstrap.Resource("aws_dynamodb_table", "lock")["name"], Is.EqualTo((string?)backend["dynamodb_table"]));
        });
    }

    [Test, Property("Row", "S15"), Property("Row", "D1"), Property("Row", "H6")]
    public void Bucket_IsVersionedAndKept()
    {
        SynthesizedStack bootstrap = Example.Tap.Bootstrap;
        JToken lifecycle = bootstrap.Resource("aws_s3_bucket_lifecycle_configuration", "state_lifecycle")["rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)bootstrap.Resource("aws_s3_bucket_versioning", "state_versioning")["versioning_configuration"]!["status"],
                Is.EqualTo("Enabled"));
            Assert.That((bool?)bootstrap.Resource("aws_s3_bucket", "state")["lifecycle"]!["prevent_destroy"], Is.True);
            Assert.That((bool?)bootstrap.Resource("aws_s3_bucket", "state")["force_destroy"], Is.False);
            Assert.That((int?)lifecycle["noncurrent_version_expiration"]!.Single()["noncurrent_days"], Is.EqualTo(365),
                "a year of states to go back to");
        });
    }
}
