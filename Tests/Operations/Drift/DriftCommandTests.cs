using Infra.Operations.Drift;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Drift;

internal sealed class DriftCommandTests
{
    [Test, Property("Finding", "B14")]
    public void WithoutSecrets_LeavesOutWhatTheProviderReadsWithDecryption_AndOtherSecrets()
    {
        var stack = JObject.Parse("""
            {
              "resource": {
                "aws_ssm_parameter": { "features": { "type": "String" }, "partner": { "type": "SecureString", "value_wo": "x" } },
                "aws_secretsmanager_secret": { "key": {} }, "aws_secretsmanager_secret_version": { "key": {} },
                "aws_cognito_user_pool": { "users": {} }, "aws_cognito_identity_provider": { "google": {} },
                "aws_cognito_user_pool_client": { "app": { "user_pool_id": "${aws_cognito_user_pool.users.id}" } },
                "aws_ssm_document": { "of-client": { "content": "${aws_cognito_user_pool_client.app.id}" } },
                "aws_sns_topic": { "of-document": { "name": "x", "depends_on": ["aws_ssm_document.of-client"] }, "of-pool": { "name": "${aws_cognito_user_pool.users.name}" } }
              }
            }
            """);

        (IReadOnlyList<string> looked, IReadOnlyList<string> left) =
            DriftCommand.WithoutSecrets(["aws_ssm_parameter.partner", "aws_sns_topic.gone"], stack);

        Assert.Multiple(() =>
        {
            Assert.That(left, Is.EqualTo(new[]
            {
                "aws_cognito_identity_provider.google", "aws_cognito_user_pool_client.app", "aws_secretsmanager_secret_version.key",
                "aws_sns_topic.of-document", "aws_ssm_document.of-client", "aws_ssm_parameter.partner",
            }), "Terraform also reads what a target refers to");
            Assert.That(
                looked, Is.EqualTo(
                    new[]
                    {
                        "aws_cognito_user_pool.users",
                        "aws_secretsmanager_secret.key",
                        "aws_sns_topic.gone",
                        "aws_sns_topic.of-pool",
                        "aws_ssm_parameter.features",
                    }));
        });
    }
}
