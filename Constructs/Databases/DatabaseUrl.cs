using System.Globalization;
using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Secrets;
using Infra.Naming;

namespace Infra.Constructs.Databases;

/// <summary>The secret <c>database-url</c>, or <c>{name}-database-url</c>: how the application reaches the database, with a password that only Secrets Manager knows.</summary>
/// <remarks>Migrations create the user with this password, or set it, with the master user's rights before the application starts.</remarks>
internal sealed class DatabaseUrl : Construct
{
    private const int PasswordLength = 48;

    public DatabaseUrl(Construct scope, string id, DatabaseUrlProps props) : base(scope, id)
    {
        DatabaseOutputs database = props.Database.Outputs;
        string password = EphemeralRandom.Add(this, id, PasswordLength);
        string Url(string host) =>
            $"postgresql://{database.User}:{password}@{host}:{PostgresDatabase.Port}/{database.Name}?{Verification(props.Config)}";

        Outputs = new Secret(this, id, new SecretProps(
            props.Context,
            database.DatabaseName.UrlSecret,
            $"How the application reaches {database.DatabaseName.DisplayName}",
            new SecretValue(
                Url(database.Host),
                // Another user or database name is another URL, which has to be written.
                WriteVersion: Version(Url("host")),
                // So is another host: the one of a database that was replaced or restored.
                ReplacedWith: props.Database.HostReference))).Outputs;
    }

    public SecretOutputs Outputs { get; }

    // libpq's names, which drivers of other languages know, too. require encrypts, and takes whatever certificate comes.
    // https://www.postgresql.org/docs/current/libpq-ssl.html
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
    private static string Verification(DatabaseConfig config) => config.Tls == DatabaseConfig.VerifyFull
        ? $"sslmode={DatabaseConfig.VerifyFull}&sslrootcert={config.TlsRootCertificate}"
        : $"sslmode={config.Tls}";

    private static int Version(string text) => int.Parse(StableName.Hash(text), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Database">Database it leads to.</param>
/// <param name="Config">What the environment file says of it.</param>
internal sealed record DatabaseUrlProps(DeploymentContext Context, PostgresDatabase Database, DatabaseConfig Config);
