using System.Globalization;
using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Secrets;
using Infra.Naming;

namespace Infra.Constructs.Databases;

/// <summary>
/// The secret <c>database-url</c>, or <c>{name}-database-url</c>: the application's connection string, with a password that only Secrets
/// Manager stores.
/// </summary>
/// <remarks>
/// Migrations create the user with this password, or set the password, as the master user, before the application starts.
/// </remarks>
internal sealed class DatabaseUrl : Construct
{
    private const int PasswordLength = 48;

    public DatabaseUrl(Construct scope, string id, DatabaseUrlProps props) : base(scope, id)
    {
        DatabaseOutputs database = props.Database.Outputs;
        string password = EphemeralRandom.Add(this, id, PasswordLength);
        string Url(string host) =>
            $"{props.Config.UrlScheme}://{database.User}:{password}@{host}:{PostgresDatabase.Port}/{database.Name}?{Options(props.Config)}";

        Outputs = new Secret(this, id, new SecretProps(
            props.Context,
            database.DatabaseName.UrlSecret,
            $"How the application reaches {database.DatabaseName.DisplayName}",
            new SecretValue(
                Url(database.Host),
                // Another user or database name changes the URL, which must be written again.
                WriteVersion: Version(Url("host")),
                // So does another host: the database was replaced or restored.
                ReplacedWith: props.Database.HostReference))).Outputs;
    }

    public SecretOutputs Outputs { get; }

    // Parameter names of libpq, which drivers of other languages also accept. require encrypts, but does not verify the certificate.
    // https://www.postgresql.org/docs/current/libpq-ssl.html
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
    private static string Options(DatabaseConfig config) => config.UrlOptions.Count == 0
        ? Verification(config)
        : string.Join('&', config.UrlOptions.OrderBy(option => option.Key, StringComparer.Ordinal)
            .Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value).Replace("%2F", "/", StringComparison.Ordinal)}"));

    private static string Verification(DatabaseConfig config) => $"sslmode={config.Tls.Text()}"
        + (config.Tls == DatabaseTls.VerifyFull ? $"&sslrootcert={config.TlsRootCertificate}" : "");

    private static int Version(string text) => int.Parse(StableName.Hash(text), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <param name="Context">The deployment.</param>
/// <param name="Database">Database that it connects to.</param>
/// <param name="Config">Its settings from the environment file.</param>
internal sealed record DatabaseUrlProps(DeploymentContext Context, PostgresDatabase Database, DatabaseConfig Config);
