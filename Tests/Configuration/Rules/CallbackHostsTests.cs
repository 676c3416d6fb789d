using Infra.Configuration.Model;
using Infra.Configuration.Rules.Security;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

internal sealed class CallbackHostsTests
{
    [TestCase("https://shop.example.com/callback", null)]
    [TestCase("https://api.shop.example.com/callback", null)]
    [TestCase("https://example.com/callback", null)]
    [TestCase("http://localhost:8501/callback", null)]
    [TestCase(
        "https://app.shop.example.com/callback",
        "\"https://app.shop.example.com/callback\" is in the domain, but no service or site has the host app.shop.example.com; available: "
            + "api.shop.example.com, shop.example.com")]
    [Property("Row", "L-L1")]
    public void Warn_AUrlOfTheDomain_NeedsAServiceOrSiteWithItsHost(string url, string? warning)
    {
        EnvironmentConfig config = Samples.Environment with
        {
            Domain = new DomainConfig { Name = "shop.example.com" },
            Services = new Dictionary<string, ServiceConfig> { ["api"] = new() { Port = 80, Host = "api" } },
            Sites = new Dictionary<string, SiteConfig> { ["web"] = new() { Host = "" } },
            Identity = new IdentityConfig { CallbackUrls = [url] },
        };

        Assert.That(CallbackHosts.Warn(config).Select(violation => violation.Message).SingleOrDefault(), Is.EqualTo(warning));
    }
}
