using Infra.Operations.AwsClients;
using Infra.Operations.Output;

namespace Infra.Operations.Databases;

/// <summary>
/// Progress of a restore, determined from the existing instances: no file stores it, so that the run can be continued on any machine. The
/// database is
/// <c>X</c>; it is restored as <c>X-restored</c>, <c>X</c> is renamed to <c>X-before-restore</c>, and the restored one to <c>X</c>.
/// </summary>
/// <param name="Current">Instance with the database's identifier.</param>
/// <param name="Restored">Restored instance that does not have the database's identifier yet.</param>
/// <param name="Previous">Instance that had the identifier before the restore.</param>
/// <param name="ManagedId">DBI resource ID in Terraform's state.</param>
internal sealed record RestoreProgress(DbInstance? Current, DbInstance? Restored, DbInstance? Previous, string? ManagedId)
{
    /// <summary>The remaining steps, in order.</summary>
    /// <param name="database">The database.</param>
    /// <param name="source">What to restore from.</param>
    /// <exception cref="OperationException">The existing instances belong to another restore.</exception>
    public IReadOnlyList<RestoreStep> Left(DatabaseResource database, RestoreSource source)
    {
        foreach (DbInstance begun in new[] { Restored, IsRenamed || IsImported ? Current : null }.OfType<DbInstance>())
        {
            if (begun.Tags.GetValueOrDefault(RestoreSource.Tag) is { } from && from != source.ToString())
            {
                throw OperationException.BadInput(
                    $"{begun.Identifier} belongs to an incomplete restore from {from}; this one is from {source}",
                    begun == Restored
                        ? $"complete that one, or cancel it: aws rds modify-db-instance --db-instance-identifier {begun.Identifier} "
                            + "--no-deletion-protection; "
                            + $"aws rds delete-db-instance --db-instance-identifier {begun.Identifier} --skip-final-snapshot"
                        : "complete that one first: its instance already has the database's identifier");
            }
        }

        if (IsImported)
            return [RestoreStep.Apply];
        if (IsRenamed)
            return [RestoreStep.Import, RestoreStep.Apply];
        if (Previous is not null && Current is not null)
        {
            throw OperationException.BadInput(
                $"{database.Previous} of an earlier restore still exists",
                "./infra database delete-previous deletes it; a restore keeps the instance that it replaces under this name");
        }

        return
        [
            .. Restored is null ? [RestoreStep.Restore] : Array.Empty<RestoreStep>(),
            RestoreStep.ManagePassword,
            .. Current is null ? [] : new[] { RestoreStep.RenameCurrent },
            RestoreStep.RenameRestored,
            RestoreStep.Import,
            RestoreStep.Apply,
        ];
    }

    // The deployment at the end of a restore removes the tag, because it is not in Terraform's configuration.
    private bool IsTagged => Current?.Tags.ContainsKey(RestoreSource.Tag) == true;

    private bool IsImported => IsTagged && Restored is null && Current!.ResourceId == ManagedId;

    /// <summary>
    /// Whether the instance with the database's identifier is not managed by Terraform, and the managed one was renamed or deleted.
    /// </summary>
    private bool IsRenamed => IsTagged && Restored is null && Current!.ResourceId != ManagedId;
}

/// <summary>A step of a restore; each can be repeated.</summary>
internal enum RestoreStep
{
    /// <summary>RDS restores a new instance.</summary>
    Restore,

    /// <summary>RDS manages the master user's password of the new instance, as it did before.</summary>
    ManagePassword,

    /// <summary>The current instance is renamed; all connections are closed.</summary>
    RenameCurrent,

    /// <summary>The new instance gets the identifier, and with it the host name.</summary>
    RenameRestored,

    /// <summary>The new instance is imported into Terraform's state.</summary>
    Import,

    /// <summary>Base is deployed, to apply the settings that a restore does not keep.</summary>
    Apply,
}
