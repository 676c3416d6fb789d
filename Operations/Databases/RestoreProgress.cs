using Infra.Operations.Output;

namespace Infra.Operations.Databases;

/// <summary>
/// What of a restore is done already, told from what there is: no file remembers it, so that the run may be continued anywhere. The database is
/// <c>X</c>; it is restored as <c>X-restored</c>, <c>X</c> is renamed to <c>X-before-restore</c>, and the restored one to <c>X</c>.
/// </summary>
/// <param name="Current">Instance that has the database's identifier.</param>
/// <param name="Restored">Instance that was restored and waits for its identifier.</param>
/// <param name="Previous">Instance that had the identifier before.</param>
/// <param name="ManagedId">DBI resource id in Terraform's state.</param>
internal sealed record RestoreProgress(DbInstance? Current, DbInstance? Restored, DbInstance? Previous, string? ManagedId)
{
    /// <summary>The steps that are left, in order.</summary>
    /// <param name="database">The database.</param>
    /// <param name="source">What it is restored from.</param>
    /// <exception cref="OperationException">What is there belongs to another restore.</exception>
    public IReadOnlyList<RestoreStep> Left(DatabaseResource database, RestoreSource source)
    {
        foreach (DbInstance begun in new[] { Restored, IsRenamed || IsImported ? Current : null }.OfType<DbInstance>())
        {
            if (begun.Tags.GetValueOrDefault(RestoreSource.Tag) is { } from && from != source.ToString())
            {
                throw OperationException.BadInput(
                    $"{begun.Identifier} is of a restore from {from} that was begun and not completed; now {source} is asked for",
                    begun == Restored
                        ? $"complete that one, or give it up: aws rds modify-db-instance --db-instance-identifier {begun.Identifier} --no-deletion-protection; "
                            + $"aws rds delete-db-instance --db-instance-identifier {begun.Identifier} --skip-final-snapshot"
                        : "complete that one first: it has the database's identifier already");
            }
        }

        if (IsImported)
            return [RestoreStep.Apply];
        if (IsRenamed)
            return [RestoreStep.Import, RestoreStep.Apply];
        if (Previous is not null && Current is not null)
        {
            throw OperationException.BadInput(
                $"{database.Previous} of an earlier restore is still there", "./infra database delete-previous deletes it; a restore keeps the instance that it replaces under this name");
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

    // The tag goes with the deployment that ends a restore: Terraform does not know it.
    private bool IsTagged => Current?.Tags.ContainsKey(RestoreSource.Tag) == true;

    private bool IsImported => IsTagged && Restored is null && Current!.ResourceId == ManagedId;

    /// <summary>Whether the database's identifier is that of an instance that Terraform does not manage, while the one that it manages has been renamed or is gone.</summary>
    private bool IsRenamed => IsTagged && Restored is null && Current!.ResourceId != ManagedId;
}

/// <summary>A step of a restore; each may be done again.</summary>
internal enum RestoreStep
{
    /// <summary>RDS restores a new instance.</summary>
    Restore,

    /// <summary>RDS manages the master user's password of the new instance, as it did before.</summary>
    ManagePassword,

    /// <summary>The instance in use gives its identifier away; from here on nothing is connected.</summary>
    RenameCurrent,

    /// <summary>The new instance takes the identifier, and with it the host name.</summary>
    RenameRestored,

    /// <summary>Terraform's state follows the identifier.</summary>
    Import,

    /// <summary>Base is deployed: what a restore does not keep is set again.</summary>
    Apply,
}
