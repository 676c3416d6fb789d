using System.Globalization;
using Infra.Operations.Output;

namespace Infra.Operations.Databases;

/// <summary>What a database is restored from: a snapshot, a point in time, or the latest restorable time.</summary>
/// <param name="Snapshot">Identifier or ARN of a DB snapshot, an AWS Backup recovery point's too; null for a point in time.</param>
/// <param name="Time">Point in time; null for a snapshot and for the latest restorable time.</param>
internal sealed record RestoreSource(string? Snapshot, DateTimeOffset? Time)
{
    private const string HowToChoose = "pass one of --snapshot ID, --restore-time 2026-11-20T09:55:00Z, --latest; ./infra database backups lists them";

    /// <summary>As words, and as the value of <see cref="Tag"/>.</summary>
    public override string ToString() => Snapshot is not null ? $"snapshot {Snapshot}" : Time is { } time ? $"time {Text(time)}" : "latest restorable time";

    /// <summary>Tag of a restored instance that says what it was restored from, so that a run that goes on knows its own.</summary>
    public const string Tag = "RestoredFrom";

    /// <summary>The choice of the command line.</summary>
    /// <exception cref="OperationException">None or several were chosen, or the time is not one.</exception>
    public static RestoreSource Parse(string? snapshot, string? time, bool latest, DateTimeOffset now)
    {
        if (new[] { snapshot is not null, time is not null, latest }.Count(chosen => chosen) != 1)
            throw OperationException.BadInput("what to restore from has to be chosen", HowToChoose);
        if (time is null)
            return new RestoreSource(snapshot, null);
        // Without a zone nobody knows which time is meant.
        if (!DateTimeOffset.TryParseExact(
            time, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
            throw OperationException.BadInput($"--restore-time {time} is not a time in UTC", "for example --restore-time 2026-11-20T09:55:00Z");
        return at < now ? new RestoreSource(null, at) : throw OperationException.BadInput($"--restore-time {time} is in the future");
    }

    /// <summary>As RDS wants a time.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
