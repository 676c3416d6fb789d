using Infra.Configuration.Model;
using Infra.Operations.Doctor;
using Infra.Operations.Doctor.Readiness;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Doctor;

/// <summary>Entries of the production-readiness checklist that are read from the environment file.</summary>
[Property("Row", "D-L5")]
internal sealed class SettingsChecksTests
{
    [Test]
    public void ReadyEnvironment_MeetsAllSettings() =>
        Assert.That(States(ProductionEnvironment.Load().Config, CheckState.NotMet), Is.Empty);

    /// <summary>Each change breaks exactly one entry, and the detail names what is wrong.</summary>
    [TestCase("confirmed-changes", """{ "production": false, "database": { "multiAz": true } }""", "\"production\" is not true")]
    [TestCase("reviewed-deployments", """{ "github": null }""", "no section github, no deployedFrom")]
    [TestCase("smoke-tests", """{ "smoke": null }""", "no section smoke")]
    [TestCase("backup-copies", """{ "backup": { "copyRegion": null } }""", "no backup.copyRegion")]
    [TestCase("database-backups", """{ "database": { "backupDays": 6 } }""", "database.backupDays is 6")]
    [TestCase("state-replica", """{ "state": null }""", "no state.replicaRegion")]
    [TestCase("database-standby", """{ "database": { "multiAz": false } }""", "database has no standby")]
    [TestCase(
        "redundant-tasks", """{ "services": { "backend": { "autoscaling": { "min": 1, "max": 4 } } } }""", "services.backend runs 1")]
    [TestCase(
        "on-demand-capacity", """{ "services": { "frontend": { "capacity": { "spot": 1, "onDemand": 0 } } } }""",
        "services.frontend runs only on Spot")]
    [TestCase("zone-egress", """{ "network": { "nat": "single" } }""", "one NAT for all zones")]
    [TestCase("always-on", """{ "schedule": { "timezone": "Europe/Berlin", "mode": "scale" } }""", "a section schedule")]
    [TestCase("database-certificates", """{ "database": { "tls": "require" } }""", "database.tls is require")]
    [TestCase("firewall", """{ "security": { "waf": null } }""", "no section security.waf")]
    [TestCase(
        "load-balancer-protection", """{ "security": { "loadBalancerDeletionProtection": false } }""", "off")]
    [TestCase("no-shell", """{ "services": { "backend": { "exec": true } } }""", "services.backend.exec is true")]
    [TestCase("audit-log", """{ "security": { "account": { "cloudTrail": false } } }""", "security.account.cloudTrail is false")]
    [TestCase("threat-detection", """{ "security": { "account": { "guardDuty": false } } }""", "security.account.guardDuty is false")]
    [TestCase("log-retention", """{ "observability": { "logRetentionDays": 60 } }""", "observability.logRetentionDays is 60")]
    [TestCase("budget", """{ "budget": null }""", "no section budget")]
    public void Change_BreaksOneEntry(string id, string change, string detail)
    {
        EnvironmentConfig config = ProductionEnvironment.With(change).Config;

        Assert.That(States(config, CheckState.NotMet), Is.EqualTo(new[] { id }));
        Assert.That(Result(id, config).Detail, Does.StartWith($"{detail}; fix: "));
    }

    [Test]
    public void WithoutRecipients_AlarmsAndBudgetAreNotMet() => Assert.That(
        States(ProductionEnvironment.With("""{ "observability": { "alertEmails": [] } }""").Config, CheckState.NotMet),
        Is.EquivalentTo(new[] { "alarm-recipients", "budget" }));

    [Test]
    public void WithoutBackup_VaultAndCopiesAreNotMet() => Assert.That(
        States(ProductionEnvironment.With("""{ "backup": null }""").Config, CheckState.NotMet),
        Is.EquivalentTo(new[] { "backup-vault", "backup-copies" }));

    [Test]
    public void Disposable_DataAndLoadBalancerAreNotProtected() => Assert.That(
        States(ProductionEnvironment.With("""{ "production": null, "disposable": true }""").Config, CheckState.NotMet),
        Does.Contain("kept-data").And.Contain("load-balancer-protection"));

    [Test]
    public void WithoutDomain_HttpsIsNotMet()
    {
        EnvironmentConfig config = Example.AgentBeta.Config;
        Assert.That(Result("https", config).State, Is.EqualTo(CheckState.Met));
        Assert.That(Result("https", config with { Domain = null }).State, Is.EqualTo(CheckState.NotMet));
    }

    [Test]
    public void EnvironmentWithoutServices_NeedsNoEntriesOfServices() => Assert.That(
        States(Example.PythonProduction.Config, CheckState.NotApplicable),
        Is.SupersetOf(new[] { "database-standby", "redundant-tasks", "https", "firewall", "smoke-tests", "zone-egress", "no-shell" }));

    private static CheckResult Result(string id, EnvironmentConfig config) =>
        ProductionChecks.Settings.Single(check => check.Id == id).Check(config);

    private static IEnumerable<string> States(EnvironmentConfig config, CheckState state) =>
        ProductionChecks.Settings.Where(check => check.Check(config).State == state).Select(check => check.Id);
}
