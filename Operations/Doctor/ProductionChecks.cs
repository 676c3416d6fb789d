using Infra.Operations.Doctor.Account;
using Infra.Operations.Doctor.Readiness;
using Infra.Operations.Doctor.Settings;

namespace Infra.Operations.Doctor;

/// <summary>The production-readiness checklist, in its order.</summary>
internal static class ProductionChecks
{
    public static IReadOnlyList<SettingsCheck> Settings { get; } =
    [
        new ConfirmedChanges(),
        new ReviewedDeployments(),
        new SmokeTests(),
        new KeptData(),
        new BackupVault(),
        new BackupCopies(),
        new DatabaseBackups(),
        new StateReplica(),
        new DatabaseStandby(),
        new RedundantTasks(),
        new OnDemandCapacity(),
        new ZoneEgress(),
        new AlwaysOn(),
        new Https(),
        new DatabaseCertificates(),
        new Firewall(),
        new LoadBalancerProtection(),
        new NoShell(),
        new AuditLog(),
        new ThreatDetection(),
        new AlarmRecipients(),
        new LogRetention(),
        new Budget(),
    ];

    public static IReadOnlyList<GitHubCheck> GitHub { get; } = [new DeploymentReviewers()];

    public static IReadOnlyList<AccountCheck> Account { get; } =
    [
        new BootstrapExists(),
        new StacksDeployed(),
        new CertificatesIssued(),
        new SecretsSet(),
        new ImagesReleased(),
        new SubscriptionsConfirmed(),
    ];

    /// <summary>All entries.</summary>
    public static IEnumerable<ReadinessCheck> All => [.. Settings, .. GitHub, .. Account];
}
