using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

/// <summary>Warnings about services: allowed, but usually not intended.</summary>
[TestFixture]
public class ServiceWarningsTests
{
    private static string[] Warnings(bool production, params (string Name, ServiceConfig Service)[] services) =>
    [
        .. AllRules.Check(Severity.Warning, Samples.Environment with
        {
            Production = production,
            Domain = new DomainConfig { Name = "example.com" },
            Services = services.ToDictionary(service => service.Name, service => service.Service),
        }).Select(warning => $"{warning.Path} {warning.Message}"),
    ];

    [Test]
    public void InternalService_WithoutCallers_IsAWarning() =>
        Assert.That(Warnings(false, ("orders", new ServiceConfig { Port = 80, Public = false })), Is.EqualTo(new[]
        {
            "services.orders.public is false, and no service lists it in calls: nothing can reach it",
        }));

    [Test]
    public void InternalService_WithCallers_IsNoWarning() =>
        Assert.That(
            Warnings(false, ("orders", new ServiceConfig { Port = 80, Public = false }),
                ("worker", new ServiceConfig { Calls = ["orders"] })), Is.Empty);

    [Test]
    public void Calls_Circular_AreAWarning() =>
        Assert.That(
            Warnings(false, ("a", new ServiceConfig { Port = 80, Calls = ["b"] }),
                ("b", new ServiceConfig { Port = 81, Paths = ["/b"], Calls = ["a"] })),
            Has.Length.EqualTo(2).And.All.Contains("calls is circular"));

    [TestCase(true, 0, 0, 1)]
    [TestCase(true, 0, 1, 0)]
    [TestCase(true, 1, 0, 0)]
    [TestCase(false, 0, 0, 0)]
    public void OnlySpot_InProduction_IsAWarning(bool production, int onDemand, int @base, int expected) =>
        Assert.That(
            Warnings(
                production,
                ("web", new ServiceConfig { Port = 80, Capacity = new CapacityConfig { OnDemand = onDemand, Base = @base, Spot = 1 } })),
                Has.Length.EqualTo(expected));

    [Test]
    public void Migration_WithoutADatabase_IsAWarning() =>
        Assert.That(Warnings(false, ("web", new ServiceConfig { Port = 80, Migration = new MigrationConfig { Command = ["migrate"] } })),
            Is.EqualTo(new[]
        {
            "services.web.migration is set without a database; leave it out, unless it migrates something else",
        }));

    [TestCase("root", "is root"), TestCase("image", "keeps the image's user"), TestCase("1000", null)]
    [Property("Row", "S3"), Property("Finding", "A2")]
    public void User_ThatMayBeRoot_IsAWarning_ForServiceAndSidecar(string user, string? expected)
    {
        string[] warnings = Warnings(false, ("web", new ServiceConfig
        {
            Port = 80,
            User = user,
            Sidecars =
                new Dictionary<string, SidecarConfig>
                {
                    ["agent"] =
                    new() { Image = $"public.ecr.aws/acme/agent@sha256:{new string('0', 64)}", User = user }
                },
        }));

        Assert.That(warnings, expected is null ? Is.Empty : Has.Length.EqualTo(2).And.All.Contains(expected));
        if (expected is not null)
            Assert.That(warnings.Select(warning => warning.Split(' ')[0]),
                Is.EqualTo(new[] { "services.web.user", "services.web.sidecars.agent.user" }));
    }

    [TestCase("public.ecr.aws/acme/agent:1", 1)]
    [TestCase("public.ecr.aws/acme/agent:1@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0)]
    [Property("Row", "S3")]
    public void Sidecar_WithATag_IsAWarning(string image, int expected) =>
        Assert.That(
            Warnings(
                false, ("web",
                    new ServiceConfig
                    {
                        Port = 80,
                        Sidecars = new Dictionary<string, SidecarConfig> { ["agent"] = new() { Image = image } },
                    })),
            Has.Length.EqualTo(expected));
}
