using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Sessions;

[Property("Finding", "U5")]
internal sealed class DestroyProtectionTests
{
    private static readonly SessionOptions Options = new("prod", null, Emulator: false, Yes: false, DryRun: false, TimeSpan.Zero);

    [TestCase("aws_lb", """{ "enable_deletion_protection": true }""", "enable_deletion_protection")]
    [TestCase("aws_lb", """{ "enable_deletion_protection": false }""")]
    [TestCase("aws_db_instance", """{ "deletion_protection": true, "skip_final_snapshot": true }""", "deletion_protection")]
    [TestCase("aws_db_instance", """{ "deletion_protection": false, "skip_final_snapshot": false }""", "final_snapshot_identifier")]
    [TestCase("aws_db_instance", """{ "skip_final_snapshot": false, "final_snapshot_identifier": "db-final" }""")]
    [TestCase("aws_dynamodb_table", """{ "deletion_protection_enabled": true }""", "deletion_protection_enabled")]
    [TestCase("aws_cognito_user_pool", """{ "deletion_protection": "ACTIVE" }""", "deletion_protection")]
    [TestCase("aws_cognito_user_pool", """{ "deletion_protection": "INACTIVE" }""")]
    public void Of_State_FindsWhatAwsWouldRefuse(string type, string attributes, params string[] expected) => Assert.That(
        DestroyProtection.Of([], [$"{type}.a"], new Dictionary<string, JObject> { [$"{type}.a"] = JObject.Parse(attributes) }),
        Is.EqualTo(expected.Select(why => ($"{type}.a", why))));

    [Test]
    public void Of_PreventDestroy_IsFound_IfTheResourceIsDeployed()
    {
        var stack = JObject.Parse("""
            { "resource": { "aws_s3_bucket": {
              "files": { "lifecycle": { "prevent_destroy": true } }, "new": { "lifecycle": { "prevent_destroy": true } }, "logs": {} } } }
            """);
        Assert.That(
            DestroyProtection.Of(stack, ["aws_s3_bucket.files", "aws_s3_bucket.logs"], new Dictionary<string, JObject>()),
            Is.EqualTo(new[] { ("aws_s3_bucket.files", "prevent_destroy") }));
    }

    [Test]
    public void Refusal_OfALoadBalancer_NamesTheSettingAndTheCommand()
    {
        OperationException refused = DestroyProtection.Refusal(
            [("runtime", "aws_lb.alb", "enable_deletion_protection")], production: true, Options, ["runtime"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.BadInput));
            Assert.That(refused.Message, Is.EqualTo("runtime has protected resources; nothing was planned or destroyed"));
            Assert.That(refused.Remedy, Is.EqualTo(
                "runtime: aws_lb.alb (enable_deletion_protection)\n"
                + "to destroy them, set \"security\": { \"loadBalancerDeletionProtection\": false } in the environment file, then "
                + "./infra deploy --env prod runtime, then destroy"));
        }
    }

    [TestCase(false, "set \"disposable\": true in the environment file, then ./infra deploy --env prod base runtime, then destroy")]
    [TestCase(true, "set \"disposable\": true instead of \"production\": true in the environment file")]
    public void Refusal_OfData_NeedsADisposableEnvironment(bool production, string expected)
    {
        OperationException refused = DestroyProtection.Refusal(
            [
                ("runtime", "aws_lb.alb", "enable_deletion_protection"), ("base", "aws_dynamodb_table.t", "prevent_destroy"),
                ("base", "aws_dynamodb_table.t", "deletion_protection_enabled"),
            ],
            production, Options, ["runtime", "base"]);
        Assert.That(refused.Message, Does.StartWith("runtime and base have protected resources"));
        Assert.That(refused.Remedy, Does.Contain("base: aws_dynamodb_table.t (prevent_destroy, deletion_protection_enabled)\n")
            .And.Contain(expected));
    }
}
