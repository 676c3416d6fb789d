using Infra.Configuration.Model;
using Infra.Configuration.Rules.Security;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
[Property("Row", "S3")]
public class SecretsInPlainTextTests
{
    // In two parts, so that no scanner reports the sample as a key.
    [TestCase("KEY_ID", "AKIA" + "IOSFODNN7EXAMPLE")]
    [TestCase("ANYTHING", "-----BEGIN RSA " + "PRIVATE KEY-----")]
    [TestCase("ANYTHING", "postgres" + "://app:hunter2@db.example.com/app")]
    [TestCase("ANYTHING", "gh" + "p_0123456789012345678901234567890123456")]
    [TestCase("DB_PASSWORD", "hunter2")]
    [TestCase("STRIPE_API_KEY", "x")]
    [TestCase("stripe-apikey", "x")]
    [TestCase("SESSION_SECRET", "x")]
    [TestCase("GITHUB_TOKEN", "x")]
    [TestCase("AWS_SECRET_ACCESS_KEY", "x")]
    [TestCase("PRIVATE_KEY", "x")]
    public void Check_WhatLooksLikeASecret_IsAFinding(string variable, string value) =>
        Assert.That(SecretsInPlainText.Check(With(variable, value)).Select(p => p.Path),
            Is.EqualTo(new[] { $"services.web.environment.{variable}" }));

    [TestCase("LOG_LEVEL", "debug")]
    [TestCase("ACCESS_TOKEN_EXPIRE_MINUTES", "30")]
    [TestCase("TOKEN_ALGORITHM", "RS256")]
    [TestCase("JWT_SECRET_ARN", "arn:aws:secretsmanager:…")]
    [TestCase("PASSWORD_LOGIN", "false")]
    [TestCase("SECRETARY", "Ms Doe")]
    [TestCase("TOKENIZER", "bert")]
    [TestCase("UPSTREAM", "https://api.example.com:8443/v1?user=a@example.com")]
    [TestCase("API_TOKEN_URL", "https://example.com/token")]
    [TestCase("PASSWORD", "")]
    public void Check_WhatOnlyDescribesASecret_IsNoFinding(string variable, string value) =>
        Assert.That(SecretsInPlainText.Check(With(variable, value)), Is.Empty);

    [Test]
    public void Check_PlainParameters_AreScannedToo() =>
        Assert.That(
            SecretsInPlainText.Check(Samples.Environment with { Parameters = new Dictionary<string, string> { ["partner/api-key"] = "x" } })
                .Single().Path,
            Is.EqualTo("parameters.partner/api-key"));

    private static EnvironmentConfig With(string variable, string value) => Samples.Environment with
    {
        Services = new Dictionary<string, ServiceConfig>
        {
            ["web"] = new() { Port = 80, Environment = new Dictionary<string, string> { [variable] = value } },
        },
    };
}
