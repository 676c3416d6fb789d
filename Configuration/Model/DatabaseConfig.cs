using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Runtime.Serialization;

namespace Infra.Configuration.Model;

/// <summary>RDS for PostgreSQL in the private subnets.</summary>
public sealed record DatabaseConfig
{
    [Description("PostgreSQL major version. An upgrade to a higher one requires allowMajorVersionUpgrade.")]
    [AllowedValues("14", "15", "16", "17", ErrorMessage = "a PostgreSQL major version")]
    public string Version { get; init; } = "16";

    [Description(
        "Whether a deployment may upgrade to a higher major version: immediately, with an outage of minutes. Set it for that deployment "
            + "and remove it afterwards; without it RDS rejects another major version.")]
    public bool AllowMajorVersionUpgrade { get; init; }

    [Description(
        "Whether a major version is kept after its end of standard support, which is charged as RDS Extended Support; otherwise RDS "
            + "upgrades the database. Only applied when the database is created or restored.")]
    public bool ExtendedSupport { get; init; }

    [Description("Instance class.")]
    [RegularExpression("db\\.[a-z0-9]+\\.[a-z0-9]+", ErrorMessage = "an RDS instance class such as db.t4g.micro")]
    public string InstanceClass { get; init; } = "db.t4g.micro";

    [Description("Storage in GiB (gp3).")]
    [Range(20, 65536)]
    public int StorageGiB { get; init; } = 20;

    [Description("Maximum storage in GiB for storage autoscaling; none disables it.")]
    [Range(22, 65536)]
    public int? MaxStorageGiB { get; init; }

    [Description("Name of the PostgreSQL database.")]
    [RegularExpression(
        "[a-z][a-z0-9_]{0,62}", ErrorMessage = "at most 63 lower-case letters, digits and underscores, starting with a letter")]
    public string Name { get; init; } = "app";

    [Description("Database user of DATABASE_URL; it is created by migrations with createUser, or by a migration's own command.")]
    [RegularExpression(
        "[a-z][a-z0-9_]{0,62}", ErrorMessage = "at most 63 lower-case letters, digits and underscores, starting with a letter")]
    public string User { get; init; } = "app";

    [Description(
        "How DATABASE_URL verifies the server. verify-full: the certificate is RDS's and matches the host name; requires "
            + "tlsRootCertificate in the image. require: encrypted, but without verification.")]
    public DatabaseTls Tls { get; init; } = DatabaseTls.VerifyFull;

    [Description(
        "Path of RDS's root certificates in the image, required by verify-full; download: "
            + "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.")]
    [RegularExpression("/[A-Za-z0-9_./-]+", ErrorMessage = "an absolute path of letters, digits and _./-")]
    public string TlsRootCertificate { get; init; } = "/etc/ssl/certs/rds-global-bundle.pem";

    [Description(
        "Scheme of DATABASE_URL, as the application's driver expects it, for example postgresql+asyncpg or postgresql+psycopg for "
            + "SQLAlchemy.")]
    [RegularExpression("[a-z][a-z0-9+.-]*", ErrorMessage = "a URL scheme such as postgresql or postgresql+asyncpg")]
    public string UrlScheme { get; init; } = "postgresql";

    [Description(
        "Options of DATABASE_URL in place of sslmode and sslrootcert, which tls sets, for drivers with other names, for example ssl: "
            + "require for asyncpg. One of them, ssl or sslmode, requires TLS. tls still applies to createUser of migrations.")]
    [Keys("[A-Za-z_][A-Za-z0-9_]*", "a name of letters, digits and underscores")]
    public IReadOnlyDictionary<string, string> UrlOptions { get; init; } = new Dictionary<string, string>();

    [Description("Days that automated backups are retained.")]
    [Range(1, 35)]
    public int BackupDays { get; init; } = 7;

    [Description("Whether ./infra deploy takes a snapshot before it changes base or runtime. Default: in production.")]
    public bool? SnapshotBeforeDeployment { get; init; }

    [Description("Number of these snapshots, and of those before migrations, that are kept each; older ones are deleted.")]
    [Range(1, 50)]
    public int DeploymentSnapshots { get; init; } = 3;

    [Description("Whether a standby runs in a second zone (Multi-AZ). Default: in production.")]
    public bool? MultiAz { get; init; }
}

/// <summary>TLS of connections to a database.</summary>
public enum DatabaseTls
{
    [EnumMember(Value = "verify-full")]
    VerifyFull,
    Require,
}
