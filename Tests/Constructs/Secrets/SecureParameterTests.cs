using Infra.Configuration.Model;
using Infra.Constructs.Secrets;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Secrets;

internal sealed class SecureParameterTests
{
    private static SynthesizedStack Synthesize(SecureParameterConfig config, string? keyArn = null) => SynthesizedStack.Of(stack =>
        _ = new SecureParameter(
            stack, "token", new SecureParameterProps(SynthesizedStack.Context() with { KeyArn = keyArn }, "partner/token", config)));

    private static JObject Parameter(SecureParameterConfig config, string? keyArn = null) =>
        Synthesize(config, keyArn).Resource("aws_ssm_parameter", "token");

    [Test, Property("Row", "D9")]
    public void Generated_IsWrittenOnce_AndNotInTheState()
    {
        SynthesizedStack stack = Synthesize(new SecureParameterConfig { Generate = true, Length = 32 });
        JObject parameter = stack.Resource("aws_ssm_parameter", "token");

        Assert.Multiple(() =>
        {
            Assert.That((string?)parameter["name"], Is.EqualTo("/dev/acme/partner/token"));
            Assert.That((string?)parameter["type"], Is.EqualTo("SecureString"));
            Assert.That(
                (string?)parameter["value_wo"], Is.EqualTo("${ephemeral.aws_secretsmanager_random_password.token.random_password}"));
            Assert.That((int?)parameter["value_wo_version"], Is.EqualTo(1));
            Assert.That(parameter["value"] ?? parameter["insecure_value"], Is.Null, "either would be in the state");
            Assert.That((int?)stack.Json["ephemeral"]!["aws_secretsmanager_random_password"]!["token"]!["password_length"], Is.EqualTo(32));
        });
    }

    [Test, Property("Row", "D9")]
    public void NotGenerated_IsUnset()
    {
        JObject parameter = Parameter(new SecureParameterConfig());

        Assert.Multiple(() =>
        {
            Assert.That((string?)parameter["value_wo"], Is.EqualTo("unset"));
            Assert.That((int?)parameter["value_wo_version"], Is.EqualTo(1));
            Assert.That((bool?)parameter["lifecycle"]!["prevent_destroy"], Is.True);
        });
    }

    [TestCase(null), TestCase("arn:aws:kms:us-east-2:111111111111:key/1")]
    [Property("Row", "S11"), Property("Row", "D9")]
    public void Key_IsTheEnvironments(string? keyArn) =>
        Assert.That((string?)Parameter(new SecureParameterConfig(), keyArn)["key_id"], Is.EqualTo(keyArn));
}
