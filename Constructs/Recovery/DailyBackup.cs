using System.Globalization;
using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.BackupPlan;
using HashiCorp.Cdktf.Providers.Aws.BackupSelection;
using HashiCorp.Cdktf.Providers.Aws.BackupVault;
using HashiCorp.Cdktf.Providers.Aws.BackupVaultLockConfiguration;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Monitoring;
using Infra.Naming;

namespace Infra.Constructs.Recovery;

/// <summary>
/// A vault, a plan that backs up data once a day, and alarms for failures. Resources outside of this program are included if they have the
/// tag
/// <c>Backup</c> with the environment's prefix as its value.
/// </summary>
internal sealed class DailyBackup : Construct
{
    /// <summary>Tag that includes a resource in the backup.</summary>
    public const string Tag = "Backup";

    private const string Failed = "backup-failed";
    private const string CopyFailed = "backup-copy-failed";
    private const int HourSeconds = 3600;
    private const string Service = "backup.amazonaws.com";

    // The minimum that AWS accepts before a vault lock becomes immutable.
    private const int DaysToReconsider = 3;

    public DailyBackup(Construct scope, string id, DailyBackupProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        BackupConfig config = props.Config;
        string name = NameOf(context);
        string vault = Vault(id, name, props, context.KeyArn, null).Name;
        Lock(id, vault, config);
        BackupVault? copy = props.CopyProvider is null ? null : Vault($"{id}-copy", name, props, null, props.CopyProvider);

        string plan = new BackupPlan(this, "plan", new BackupPlanConfig
        {
            Name = name,
            Rule = new[]
            {
                new BackupPlanRule
                {
                    RuleName = "daily",
                    TargetVaultName = vault,
                    Schedule = Cron(config.At),
                    ScheduleExpressionTimezone = config.Timezone,
                    StartWindow = 60,
                    CompletionWindow = 360,
                    Lifecycle =
                        new BackupPlanRuleLifecycle { DeleteAfter = config.RetentionDays, ColdStorageAfter = config.ColdStorageAfterDays },
                    CopyAction = copy is null ? null : new[]
                    {
                        new BackupPlanRuleCopyAction
                        {
                            DestinationVaultArn = copy.Arn,
                            Lifecycle = new BackupPlanRuleCopyActionLifecycle { DeleteAfter = config.CopyRetentionDays },
                        },
                    },
                },
            },
        }).Named(id).Id;

        new BackupSelection(this, "selection", new BackupSelectionConfig
        {
            Name = name,
            PlanId = plan,
            IamRoleArn =
                Role($"{id}-role", "backup", "Lets AWS Backup copy what holds data.", BackupPermissions.Backup(context, config.CopyRegion),
                    context),
            Resources = props.ResourceArns.Count == 0 ? null : [.. props.ResourceArns],
            SelectionTag = new[] { new BackupSelectionSelectionTag { Type = "STRINGEQUALS", Key = Tag, Value = context.Names.Prefix } },
        }).Named(id);
        RestoreRoleArn =
            Role("restore-role", "restore", "Lets AWS Backup bring back what it copied.", BackupPermissions.Restore(context), context);

        var alarms = new Alarms(this, context, props.AlertTopicArn);
        alarms.Add(
            $"{id}_failed", Failed, $"A backup into {name} failed.",
            new AlarmRule(Metrics.Vault(name, "NumberOfBackupJobsFailed"), 0, 1, HourSeconds));
        if (config.CopyRegion is not null)
            alarms.Add(
                $"{id}_copy_failed", CopyFailed, $"A copy of a backup in {name} to {config.CopyRegion} failed.",
                new AlarmRule(Metrics.Vault(name, "NumberOfCopyJobsFailed"), 0, 1, HourSeconds));
    }

    /// <summary>Role that a restore is started with.</summary>
    public string RestoreRoleArn { get; }

    /// <summary>Purposes of its alarms.</summary>
    public static IEnumerable<string> AlarmPurposes(BackupConfig config) => config.CopyRegion is null ? [Failed] : [Failed, CopyFailed];

    /// <summary>Name of the vault, of its copy in another Region, and of the plan.</summary>
    public static string NameOf(DeploymentContext context) => context.Names.For(NameRule.BackupVault, "");

    /// <summary><c>02:00</c> → <c>cron(0 2 * * ? *)</c>.</summary>
    private static string Cron(string time)
    {
        TimeOnly at = TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"cron({at.Minute} {at.Hour} * * ? *)");
    }

    private BackupVault Vault(string id, string name, DailyBackupProps props, string? keyArn, TerraformProvider? provider) =>
        new BackupVault(this, id, new BackupVaultConfig
        {
            Name = name,
            KmsKeyArn = keyArn,
            ForceDestroy = props.Context.Disposable,
            Provider = provider,
            Lifecycle = props.Context.PreventDestroy(),
        }).Named(id);

    private void Lock(string id, string vault, BackupConfig config)
    {
        if (config.Lock == VaultLock.None) return;
        new BackupVaultLockConfiguration(this, "lock", new BackupVaultLockConfigurationConfig
        {
            BackupVaultName = vault,
            MinRetentionDays = config.RetentionDays,
            ChangeableForDays = config.Lock == VaultLock.Compliance ? DaysToReconsider : null,
        }).Named(id);
    }

    private string Role(string id, string purpose, string description, PolicyDocument rights, DeploymentContext context) =>
        new Role(this, id, new RoleProps(context, purpose, Trust.Service(context, Service))
        {
            Description = description,
            Policies = new Dictionary<string, PolicyDocument> { [purpose] = rights },
        }).Outputs.Arn;
}

internal sealed record DailyBackupProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Time, retention and copy Region.</summary>
    public required BackupConfig Config { get; init; }

    /// <summary>Resources that are backed up.</summary>
    public required IReadOnlyList<string> ResourceArns { get; init; }

    /// <summary>Topic that is notified when it fails.</summary>
    public required string AlertTopicArn { get; init; }

    /// <summary>Provider of the Region that backups are copied to; none for no copies.</summary>
    public required TerraformProvider? CopyProvider { get; init; }
}
