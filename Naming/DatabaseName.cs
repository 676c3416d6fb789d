namespace Infra.Naming;

/// <summary>
/// Names that are derived from a database's name: the one of <c>database</c> has no name, those of <c>databases</c> are prefixed with
/// theirs.
/// </summary>
/// <param name="Name">Name in <c>databases</c>; none for the one of <c>database</c>.</param>
public sealed record DatabaseName(string? Name)
{
    private const string Url = "database-url";

    /// <summary>Its purpose in names: <c>db</c>, <c>reporting-db</c>.</summary>
    public string Purpose => Before("db");

    /// <summary>Secret with the application's connection URL: <c>database-url</c>, <c>reporting-database-url</c>.</summary>
    public string UrlSecret => Before(Url);

    /// <summary>Name by which services refer to the master user's secret, which RDS creates and rotates; for migrations.</summary>
    public string MasterSecret => Before("database-master");

    /// <summary>Terraform output with its host: <c>database_host</c>, <c>database_reporting_host</c>.</summary>
    public string HostOutput => Name is null ? "database_host" : $"database_{Name.Replace('-', '_')}_host";

    /// <summary>Its folder in the discovery tree: <c>database</c>, <c>databases/reporting</c>.</summary>
    public string Folder => Name is null ? "database" : $"databases/{Name}";

    /// <summary>Name for display: <c>the database</c>, <c>database reporting</c>.</summary>
    public string DisplayName => Name is null ? "the database" : $"database {Name}";

    /// <summary>The database whose <see cref="UrlSecret"/> has a name; null if it is not the name of such a secret.</summary>
    /// <param name="secret">Name of a secret: <c>database-url</c>, <c>reporting-database-url</c>.</param>
    public static DatabaseName? OfUrlSecret(string secret) =>
        secret == Url ? new DatabaseName(Name: null)
        : secret.EndsWith($"-{Url}", StringComparison.Ordinal) ? new DatabaseName(secret[..^$"-{Url}".Length])
        : null;

    private string Before(string text) => Name is null ? text : $"{Name}-{text}";
}
