using Infra.Configuration;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
internal sealed class PlainHttpTests
{
    [Test, Property("Row", "S2"), Property("Row", "D5")]
    public void Load_ServicesWithoutADomain_WarnsOfPlainHttp()
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
            "environments/dev.json:2:1  services  are reached by plain HTTP, since no domain is given; set domain.name for HTTPS",
        }));
        Assert.That(encrypted.Warnings, Is.Empty);
    }
}
