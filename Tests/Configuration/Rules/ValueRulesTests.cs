using Infra.Configuration.Model;
using Infra.Configuration.Rules.Account;
using Infra.Configuration.Rules.Databases;
using Infra.Configuration.Rules.Delivery;
using Infra.Configuration.Rules.Naming;
using Infra.Configuration.Rules.Security;
using Infra.Configuration.Rules.Services;
using Infra.Configuration.Rules.Storage;
using Infra.Configuration.Validation;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

/// <summary>Rules about single values, each with valid and invalid values.</summary>
[TestFixture]
public class ValueRulesTests
{
    [TestCase("https://app.example.com", true)]
    [TestCase("https://app.example.com:8443", true)]
    [TestCase("https://*.example.com", true)]
    [TestCase("http://localhost:5173", true)]
    [TestCase("*", false)]
    [TestCase("https://app.example.com/", false)]
    [TestCase("http://app.example.com", false)]
    [TestCase("ftp://app.example.com", false)]
    [TestCase("app.example.com", false)]
    public void CorsOrigins_AcceptWhatABrowserSends(string origin, bool good) =>
        Verify(CorsOrigins.Check(Samples.Environment with { Buckets = Map("files", new BucketConfig { CorsOrigins = [origin] }) }), good);

    [TestCase("https://app.example.com/callback", true)]
    [TestCase("http://localhost:3000/callback", true)]
    [TestCase("http://127.0.0.1/callback", false)]
    [TestCase("http://app.example.com/callback", false)]
    [TestCase("https://app.example.com/#/callback", false)]
    [TestCase("https://app.example.com/a b", false)]
    [TestCase("callback", false)]
    public void SignIn_AcceptsTheUrlsThatCognitoAccepts(string url, bool good) =>
        Verify(SignIn.Check(Samples.Environment with { Identity = new IdentityConfig { CallbackUrls = [url] } }), good);

    [TestCase("db.t4g.micro", true)]
    [TestCase("db.m7g.16xlarge", true)]
    [TestCase("db.r6i.32xlarge", true)]
    [TestCase("db.t4g.16xlarge", false)]
    [TestCase("db.t4g.32xlarge", false)]
    [TestCase("db.x9.large", false)]
    public void InstanceClasses_AreThoseOfPostgres(string instanceClass, bool good) =>
        Verify(InstanceClasses.Check(Samples.Environment with { Database = new DatabaseConfig { InstanceClass = instanceClass } }), good);

    [TestCase(100, 110, true)]
    [TestCase(100, 109, false)]
    [TestCase(25, 28, true)]
    [TestCase(25, 27, false)]
    public void DatabaseStorage_GrowsByAtLeastATenth(int storage, int most, bool good) =>
        Verify(DatabaseStorage.Check(
            Samples.Environment with { Database = new DatabaseConfig { StorageGiB = storage, MaxStorageGiB = most } }), good);

    [TestCase("administrator", "app", false)]
    [TestCase("rds_superuser", "app", false)]
    [TestCase("app", "postgres", false)]
    [TestCase("app", "orders", true)]
    public void DatabaseUsers_ExcludeReservedNames(string user, string name, bool good) =>
        Verify(DatabaseUsers.Check(Samples.Environment with { Database = new DatabaseConfig { User = user, Name = name } }), good);

    [TestCase(true, true, false, false)]
    [TestCase(true, true, true, false)]
    [TestCase(true, false, false, true)]
    [TestCase(false, true, false, true)]
    [Property("Finding", "U5")]
    public void Protection_OfProduction(bool production, bool disposable, bool emulator, bool good) =>
        Verify(Protection.Check(Samples.Environment with { Production = production, Disposable = disposable, Emulator = emulator }), good);

    [TestCase("1", "2", true)]
    [TestCase(null, null, true)]
    [TestCase("1", null, false)]
    [TestCase(null, "2", false)]
    public void GitHubIds_GoTogether(string? owner, string? repository, bool good) =>
        Verify(GitHubIds.Check(
            Samples.Environment with
            {
                GitHub =
                new GitHubConfig { Repository = "acme/shop", OwnerId = owner, RepositoryId = repository }
            }), good);

    [TestCase(1, 4, 2, true)]
    [TestCase(2, 2, 2, true)]
    [TestCase(3, 2, 2, false)]
    [TestCase(1, 4, 5, false)]
    [TestCase(3, 4, 2, false)]
    public void Scaling_BeginsBetweenItsEnds(int min, int max, int desired, bool good) => Verify(
        Scaling.Check(Samples.Environment with
        {
            Services = Map(
                "web", new ServiceConfig { Port = 80, Desired = desired, Autoscaling = new AutoscalingConfig { Min = min, Max = max } }),
        }),
        good);

    [TestCase("CostCentre", "4711", true)]
    [TestCase("ProductDomain", "web", true)]
    [TestCase("Environment", "other", false)]
    [TestCase("environment", "other", false)]
    [TestCase("productdomain", "web", false)]
    [TestCase("AWS:x", "y", false)]
    [TestCase("note", "a<b", false)]
    public void TagLimits_AreThoseOfAws(string key, string value, bool good) =>
        Verify(TagLimits.Check(Samples.Environment with { Tags = Map(key, value) }), good);

    [Test]
    public void TagLimits_CountAndLengths()
    {
        Verify(TagLimits.Check(Samples.Environment with { Tags = Enumerable.Range(0, 44).ToDictionary(i => $"t{i}", _ => "x") }),
            good: true);
        Verify(TagLimits.Check(Samples.Environment with { Tags = Enumerable.Range(0, 45).ToDictionary(i => $"t{i}", _ => "x") }),
            good: false);
        Verify(TagLimits.Check(Samples.Environment with { Tags = Map(new string('k', 129), "x") }), good: false);
        Verify(TagLimits.Check(Samples.Environment with { Tags = Map("k", new string('v', 257)) }), good: false);
    }

    [TestCase("us-east-1", "f", true)]
    [TestCase("eu-west-1", "c", true)]
    [TestCase("eu-west-1", "d", false)]
    [TestCase("ca-central-1", "c", false)]
    [TestCase("us-gov-west-1", "a", false)]
    [TestCase("eu-west-9", "a", false)]
    public void Regions_AndTheirZones(string region, string zone, bool good) =>
        Verify(RegionZones.Check(Samples.Environment with { Region = region, Network = new NetworkConfig { Zones = [zone] } }), good);

    [TestCase(4096, true)]
    [TestCase(4097, false)]
    public void Values_OfParametersAreStandardSize(int length, bool good) =>
        Verify(Values.Check(Samples.Environment with { Parameters = Map("p", new string('x', length)) }), good);

    private static void Verify(IEnumerable<RuleViolation> problems, bool good) =>
        Assert.That(problems.Select(p => $"{p.Path}  {p.Message}"), good ? Is.Empty : Has.Exactly(1).Items);

    private static Dictionary<string, T> Map<T>(string key, T value) => new() { [key] = value };
}
