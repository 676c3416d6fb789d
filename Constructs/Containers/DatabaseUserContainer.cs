using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>
/// The container of a migration's task that creates the application's database user as the master user, or sets its password, before the
/// migration's command starts. So the application's image never has access to the master user.
/// </summary>
internal static class DatabaseUserContainer
{
    // psql's \password sends only the hash of the password: the parameter group logs DDL statements (log_statement), and the database's
    // logs are exported. It reads from standard input, because a task has no terminal.
    // https://www.postgresql.org/docs/current/app-psql.html
    // libpq looks for certificates in HOME, and fails where it must not read.
    // The advisory lock is for migrations of two services that start at the same time; it is released at the end of the connection.
    // From PostgreSQL 15 on, only the owner of a database may create objects in the schema public.
    // https://www.postgresql.org/docs/release/15.0/
    private static readonly string Script = """
        set -eu
        rest="${DATABASE_URL#*://}"
        credentials="${rest%%@*}"
        address="${rest#*@}"
        server="${address%%/*}"
        database="${address#*/}"
        user="${credentials%%:*}"
        password="${credentials#*:}"
        export PGHOST="${server%%:*}" PGPORT="${server##*:}" PGDATABASE="${database%%\?*}" PGCONNECT_TIMEOUT=30 HOME=/tmp
        if [ "$PGSSLMODE" = verify-full ] && [ ! -f "$PGSSLROOTCERT" ]; then
          export PGSSLROOTCERT=/tmp/rds-global-bundle.pem
          wget -q -T 30 -O "$PGSSLROOTCERT" https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
        fi
        psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --set=user="$user" <<'SQL'
        SELECT pg_advisory_lock(hashtext('database user'));
        SELECT format('CREATE ROLE %I LOGIN', :'user') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') \gexec
        GRANT ALL ON DATABASE :"DBNAME" TO :"user";
        GRANT ALL ON SCHEMA public TO :"user";
        SQL
        printf '%s\n' "$password" "$password" | psql --no-psqlrc --quiet --set=user="$user" --command='\password :"user"'
        printf '\ndatabase user %s: created, or its password set\n' "$user"
        """.ReplaceLineEndings("\n");

    /// <summary>The container definition.</summary>
    /// <param name="user">The user.</param>
    /// <param name="database">Its database.</param>
    /// <param name="migration">Migration that waits for it.</param>
    /// <param name="service">Service that it belongs to.</param>
    public static ContainerDefinition Of(
        CreatedDatabaseUser user, DatabaseConfig database, MigrationConfig migration, ServiceProps service)
    {
        IReadOnlyDictionary<string, string> arns = service.Sources.SecretArns;
        string master = arns[user.Database.MasterSecret];
        return new ContainerDefinition
        {
            Name = user.Container,
            IsOwn = false,
            Image = TerraformText.Literal(migration.CreateUserImage),
            Command = new JArray("sh", "-c", TerraformText.Literal(Script)),
            // The task ends with the migration's container.
            Essential = false,
            User = ContainerUsers.Default,
            LogGroup = service.Base.LogGroup,
            Region = service.Context.Region,
            Variables = new ContainerVariables(
                new Dictionary<string, string>
                {
                    ["PGSSLMODE"] = database.Tls.Text(),
                    ["PGSSLROOTCERT"] = database.TlsRootCertificate,
                },
                // ECS selects single keys of a secret's JSON.
                // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
                new Dictionary<string, string>
                {
                    [CreatedDatabaseUser.UrlVariable] = arns[user.Database.UrlSecret],
                    ["PGUSER"] = $"{master}:username::",
                    ["PGPASSWORD"] = $"{master}:password::",
                }),
        };
    }
}
