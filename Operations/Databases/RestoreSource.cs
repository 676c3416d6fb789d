using System.Globalization;
using Infra.Operations.Output;

namespace Infra.Operations.Databases;

/// <summary>What a database is restored from: a snapshot, a point in time, or the latest restorable time.</summary>
/// <param name="Snapshot">Identifier or ARN of a DB snapshot, or of an AWS Backup recovery point; null for a point in time.</param>
/// <param name="Time">Point in time; null for a snapshot and for the latest restorable time.</param>
internal sealed record RestoreSource(string? Snapshot, DateTimeOffset? Time)
{
    private const string HowToChoose =
        "pass one of --snapshot ID, --restore-time 2026-11-20T09:55:00Z, --latest; ./infra database backups lists them";

    /// <summary>For messages, and as the value of <see cref="Tag"/>.</summary>
    public override string ToString() =>
        Snapshot is not null ? $"snapshot {Snapshot}" : Time is { } time ? $"time {Text(time)}" : "latest restorable time";

    /// <summary>Tag of a restored instance with what it was restored from, so that a continued run finds its instance.</summary>
    public const string Tag = "RestoredFrom";

    /// <summary>The source that was chosen on the command line.</summary>
    /// <exception cref="OperationException">None or several were chosen, or the time is not one.</exception>
    public static RestoreSource Parse(string? snapshot, string? time, bool latest, DateTimeOffset now)
    {
        if (new[] { snapshot is not null, time is not null, latest }.Count(chosen => chosen) != 1)
            throw OperationException.BadInput("choose what to restore from", HowToChoose);
        if (time is null)
            return new RestoreSource(snapshot, null);
        // A time without a zone is ambiguous.
        if (!DateTimeOffset.TryParseExact(
            time, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset at))
            throw OperationException.BadInput(
                $"--restore-time {time} is not a time in UTC", "for example --restore-time 2026-11-20T09:55:00Z");
        return at < now ? new RestoreSource(null, at) : throw OperationException.BadInput($"--restore-time {time} is in the future");
    }

    /// <summary>A time in the format of RDS.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
