namespace Infra.Naming;

/// <summary>What is called after a database: the one of <c>database</c> has no name, those of <c>databases</c> put theirs in front.</summary>
/// <param name="Name">Name in <c>databases</c>; none for the one of <c>database</c>.</param>
public sealed record DatabaseName(string? Name)
{
    /// <summary>Its purpose in names: <c>db</c>, <c>reporting-db</c>.</summary>
    public string Purpose => Before("db");

    /// <summary>Secret with the URL of the application: <c>database-url</c>, <c>reporting-database-url</c>.</summary>
    public string UrlSecret => Before("database-url");

    /// <summary>Name by which services refer to the master user's secret, which RDS makes and rotates; for migrations.</summary>
    public string MasterSecret => Before("database-master");

    /// <summary>Terraform output with its host: <c>database_host</c>, <c>database_reporting_host</c>.</summary>
    public string HostOutput => Name is null ? "database_host" : $"database_{Name.Replace('-', '_')}_host";

    /// <summary>Its folder in the discovery tree: <c>database</c>, <c>databases/reporting</c>.</summary>
    public string Folder => Name is null ? "database" : $"databases/{Name}";

    /// <summary>How people call it: <c>the database</c>, <c>database reporting</c>.</summary>
    public string DisplayName => Name is null ? "the database" : $"database {Name}";

    private string Before(string text) => Name is null ? text : $"{Name}-{text}";
}
