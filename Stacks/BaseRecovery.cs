using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Recovery;

namespace Infra.Stacks;

/// <summary>Part of the base stack: backups of data, and images in a second Region.</summary>
internal sealed class BaseRecovery
{
    public BaseRecovery(BaseScope scope, AlertTopicOutputs alerts, BaseData data, BaseServices services)
    {
        if (scope.Config.Backup is not { } backup) return;
        DeploymentContext context = scope.Context;
        var daily = new DailyBackup(scope.Stack, "backup", new DailyBackupProps
        {
            Context = context,
            Config = backup,
            ResourceArns = [.. data.Arns],
            AlertTopicArn = alerts.Arn,
            CopyProvider = scope.Stack.Elsewhere(backup.CopyRegion),
        });
        scope.Stack.Output("restore_role_arn", "Role that a restore from the backup vault is started with.", daily.RestoreRoleArn);
        if (backup.ImageRegion is null || scope.Config.Repositories.Count == 0) return;
        new ImageReplication(scope.Stack, "image-replication", new ImageReplicationProps(
            context,
            backup.ImageRegion,
            [
                .. scope.Config.Repositories.OrderBy(repository => repository.Key, StringComparer.Ordinal).Select(repository =>
                    new ReplicatedRepository(
                        context.Names.Repository(repository.Key), repository.Value, services.ReleaseTagPrefixes(repository.Key))),
            ])
        {
            Provider = scope.Stack.Elsewhere(backup.ImageRegion),
        });
    }
}
