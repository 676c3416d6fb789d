using Infra.Configuration;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
internal sealed class PlainHttpTests
{
    [Test, Property("Row", "S2"), Property("Row", "D5")]
    public void Load_ServicesWithoutADomain_WarnsAboutPlainHttp()
    {
        using var folder = new TestFolder();
        const string common = """
            "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-1",
            "services": { "api": { "port": 8000 } }
            """;
        folder.Write("environments/dev.json", $"{{ {common} }}");
        LoadedEnvironment plain = EnvironmentFile.Load("dev", folder.Root).Environment!;
        folder.Write("environments/dev.json", $"{{ {common}, \"domain\": {{ \"name\": \"example.com\" }} }}");
        LoadedEnvironment encrypted = EnvironmentFile.Load("dev", folder.Root).Environment!;

        Assert.That(plain.Warnings.Select(w => w.ToString()), Is.EqualTo(new[]
        {
            "environments/dev.json:2:1  services  are available over plain HTTP, because no domain is set; set domain.name for HTTPS",
        }));
        Assert.That(encrypted.Warnings, Is.Empty);
    }

    [TestCase("\"security\": { \"allowPlainHttp\": true }")]
    [TestCase("\"security\": { \"ingressCidrs\": [\"203.0.113.0/24\"] }")]
    [TestCase("\"emulator\": true")]
    [Property("Finding", "A23")]
    public void Load_ProductionWithPlainHttp_RequiresAllowPlainHttp(string said)
    {
        const string common = """
            "name": "prod", "project": "acme", "account": "111111111111", "region": "us-east-1", "production": true,
            "services": { "api": { "port": 8000 } }
            """;
        using var folder = new TestFolder();
        folder.Write("environments/prod.json", $"{{ {common} }}");
        LoadResult refused = EnvironmentFile.Load("prod", folder.Root);
        folder.Write("environments/prod.json", $"{{ {common}, {said} }}");
        LoadResult allowed = EnvironmentFile.Load("prod", folder.Root);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Findings.Single().ToString(), Does.Contain("plain HTTP in production; set domain.name for HTTPS"));
            Assert.That(allowed.Findings, Is.Empty);
            Assert.That(
                allowed.Environment?.Warnings.Select(warning => warning.ToString()), Has.Some.Contains("are available over plain HTTP"));
        });
    }
}
