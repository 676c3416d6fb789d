using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A command that a release runs once with the new image, before the new version receives requests: it changes the database schema and
/// creates the application's user. It has the service's variables and its own.
/// </summary>
public sealed record MigrationConfig : IVariables
{
    // PostgreSQL 17 of October 2026, for x86 and ARM. With its digest, because it gets the master user's password.
    // https://gallery.ecr.aws/docker/library/postgres
    private const string PsqlImage =
        "public.ecr.aws/docker/library/postgres:17-alpine@sha256:b0f9560a2de083e2cc7382e75f808c7381a32852a7ec49117deedb300e552b24";

    [Description("Command: program and arguments; exits with 0 on success.")]
    [MinLength(1), Repeats]
    public required IReadOnlyList<string> Command { get; init; }

    [Description(
        "Whether a container of its own creates the database user of each database URL that the service reads, or sets its password, as "
            + "the master user, before the command starts. The command itself then needs no access to the master user.")]
    public bool CreateUser { get; init; }

    [Description(
        "Image that createUser runs, with its digest: has sh and psql, and for verify-full (database.tls) either RDS's root certificates at "
            + "tlsRootCertificate or wget, which downloads them. Default: PostgreSQL's own image.")]
    [RegularExpression(ImageReference.DigestPattern, ErrorMessage = ImageReference.DigestNoun)]
    public string CreateUserImage { get; init; } = PsqlImage;

    [Description(
        "Whether a release or ./infra migrate takes a snapshot before the migration runs: of the databases whose URL or master secret the "
            + "service or the migration reads, or of all databases if it reads none of them. Default: in production.")]
    public bool? Snapshot { get; init; }

    [Description("Minutes after which the migration is stopped and counts as failed.")]
    [Range(1, 120)]
    public int TimeoutMinutes { get; init; } = 15;

    [Description("CPU units. Default: the service's.")]
    [AllowedValues(256, 512, 1024, 2048, 4096, 8192, 16384, ErrorMessage = "a Fargate CPU size")]
    public int? Cpu { get; init; }

    [Description("Memory in MiB. Default: the service's.")]
    public int? MemoryMiB { get; init; }

    [Description("Environment variables with plain-text values, in addition to the service's or instead of them.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start, in addition to the service's or instead of them.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description(
        "Environment variables read from Secrets Manager at start, in addition to the service's or instead of them; database-master has "
            + "the master user's name and password.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
