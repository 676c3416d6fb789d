using Infra.Configuration.Model;
using Infra.Constructs.Secrets;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Secrets;

internal sealed class EnvironmentSecretTests
{
    private static SynthesizedStack Synthesize(SecretConfig config, bool disposable = false) => SynthesizedStack.Of(stack =>
        _ = new EnvironmentSecret(
            stack, "jwt", new EnvironmentSecretProps(SynthesizedStack.Context(disposable: disposable), "jwt-secret-key", config)));

    [Test, Property("Row", "T3"), Property("Row", "S3")]
    public void Generated_IsWrittenOnceAndNotKeptInTheState()
    {
        SynthesizedStack stack = Synthesize(new SecretConfig { Generate = true, Length = 48 });
        JObject version = stack.Resource("aws_secretsmanager_secret_version", "jwt_version");

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Resource("aws_secretsmanager_secret", "jwt")["name"], Is.EqualTo("dev/acme/jwt-secret-key"));
            Assert.That(
                (string?)version["secret_string_wo"], Is.EqualTo("${ephemeral.aws_secretsmanager_random_password.jwt.random_password}"));
            Assert.That((int?)version["secret_string_wo_version"], Is.EqualTo(1));
            Assert.That(version["secret_string"], Is.Null);
            Assert.That((int?)stack.Json["ephemeral"]!["aws_secretsmanager_random_password"]!["jwt"]!["password_length"], Is.EqualTo(48));
        });
    }

    [Test, Property("Row", "T3")]
    public void NotGenerated_IsLeftForTheOperator()
    {
        SynthesizedStack stack = Synthesize(new SecretConfig { Description = "Key of the ${payment} service" });

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)stack.Resource("aws_secretsmanager_secret", "jwt")["description"],
                Is.EqualTo("Key of the $${payment} service"), "text of a user is no Terraform expression");
            Assert.That(stack.Ids("aws_secretsmanager_secret_version"), Is.Empty);
            Assert.That(stack.Json["ephemeral"], Is.Null);
        });
    }

    [TestCase(false, 30)]
    [TestCase(true, 0)]
    public void Deleted_CanBeRestored_UnlessDisposable(bool disposable, int days)
    {
        JObject secret = Synthesize(new SecretConfig { Generate = true }, disposable).Resource("aws_secretsmanager_secret", "jwt");

        Assert.Multiple(() =>
        {
            Assert.That((int?)secret["recovery_window_in_days"], Is.EqualTo(days));
            Assert.That((bool?)secret["lifecycle"]?["prevent_destroy"], Is.EqualTo(disposable ? null : true));
        });
    }
}
