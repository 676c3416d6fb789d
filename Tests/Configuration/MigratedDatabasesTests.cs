using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

[Property("Row", "T11")]
internal sealed class MigratedDatabasesTests
{
    [TestCase(true, null, ExpectedResult = "db"), TestCase(false, null, ExpectedResult = "")]
    [TestCase(true, false, ExpectedResult = ""), TestCase(false, true, ExpectedResult = "db")]
    public string Default_IsInProduction(bool production, bool? snapshot) =>
        Of(Environment(production, snapshot, new() { ["DATABASE_URL"] = "database-url" }));

    [Test]
    public void Databases_AreThoseThatTheServiceOrItsMigrationReads()
    {
        EnvironmentConfig config = Environment(
            production: true, snapshot: null, new() { ["REPORTING"] = "reporting-database-url", ["KEY"] = "session-key" });

        Assert.That(Of(config), Is.EqualTo("reporting-db"));
        Assert.That(
            Of(config with
            {
                Services = new Dictionary<string, ServiceConfig>
                {
                    ["web"] = new()
                    {
                        Port = 80,
                        Migration = new MigrationConfig
                        {
                            Command = ["migrate"],
                            Secrets = new Dictionary<string, string> { ["MASTER"] = "database-master" },
                        },
                    },
                },
            }),
            Is.EqualTo("db"));
    }

    [Test]
    public void Databases_AreAll_IfItReadsNone() =>
        Assert.That(Of(Environment(production: true, snapshot: null, [])), Is.EqualTo("db, reporting-db"));

    [Test]
    public void Databases_AreNone_WithoutAMigrationOrService()
    {
        EnvironmentConfig config = Environment(production: true, snapshot: null, []);

        Assert.That(MigratedDatabases.Of(config, "other"), Is.Empty);
        Assert.That(
            Of(config with { Services = new Dictionary<string, ServiceConfig> { ["web"] = new() { Port = 80 } } }), Is.Empty);
    }

    private static string Of(EnvironmentConfig config) => string.Join(
        ", ", MigratedDatabases.Of(config, "web").Keys.Select(name => name.Purpose).Order(StringComparer.Ordinal));

    private static EnvironmentConfig Environment(bool production, bool? snapshot, Dictionary<string, string> secrets) => new()
    {
        Name = "dev",
        Project = "acme",
        Account = "111111111111",
        Region = "us-east-1",
        Production = production,
        Database = new DatabaseConfig(),
        Databases = new Dictionary<string, DatabaseConfig> { ["reporting"] = new() },
        Services = new Dictionary<string, ServiceConfig>
        {
            ["web"] = new()
            {
                Port = 80,
                Secrets = secrets,
                Migration = new MigrationConfig { Command = ["migrate"], Snapshot = snapshot },
            },
        },
    };
}
