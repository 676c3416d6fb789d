using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Databases;

// The parameter group of each database has rds.force_ssl.
internal static class UrlOptions
{
    private static readonly string[] Names = ["ssl", "sslmode"];

    private static readonly string[] Values = ["require", "true", "verify-ca", "verify-full"];

    [Rule("databases/url-options", "Options of a database's URL require TLS, without which the database refuses connections.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) =>
        from database in AllDatabases.Of(config)
        let options = database.Config.UrlOptions
        where options.Count > 0 && !RequiresTls(options)
        select new RuleViolation(
            $"{database.Path}.urlOptions",
            "has neither ssl nor sslmode with one of require, true, verify-ca, verify-full; the database refuses connections without TLS");

    private static bool RequiresTls(IReadOnlyDictionary<string, string> options)
    {
        string[] modes = [.. Names.Where(options.ContainsKey).Select(name => options[name])];
        return modes.Length > 0 && modes.All(Values.Contains);
    }
}
