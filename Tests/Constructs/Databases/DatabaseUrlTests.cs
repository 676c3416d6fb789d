using Infra.Configuration.Model;
using Infra.Constructs.Databases;
using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Databases;

internal sealed class DatabaseUrlTests
{
    private static SynthesizedStack Synthesize(DatabaseConfig config) => SynthesizedStack.Of(stack =>
    {
        var context = SynthesizedStack.Context();
        var database = new PostgresDatabase(stack, "database", new PostgresDatabaseProps
        {
            Context = context,
            Name = new DatabaseName(null),
            Config = config,
            Placement = new DatabasePlacement(["subnet-a", "subnet-b"], "sg-database"),
            LogRetentionDays = 30,
        });
        _ = new DatabaseUrl(stack, "database_url", new DatabaseUrlProps(context, database, config));
    });

    private static JObject Version(DatabaseConfig config) =>
        Synthesize(config).Resource("aws_secretsmanager_secret_version", "database_url_version");

    [Test, Property("Row", "T3"), Property("Row", "S3"), Property("Finding", "A25")]
    public void Url_HasAPasswordThatIsNotInTheState()
    {
        SynthesizedStack stack = Synthesize(new DatabaseConfig { User = "tap", Name = "tapdb" });
        JObject version = stack.Resource("aws_secretsmanager_secret_version", "database_url_version");
        var random = (JObject)stack.Json["ephemeral"]!["aws_secretsmanager_random_password"]!["database_url"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)version["secret_string_wo"], Is.EqualTo(
                "postgresql://tap:${ephemeral.aws_secretsmanager_random_password.database_url.random_password}"
                + "@${aws_db_instance.database.address}:5432/tapdb?sslmode=verify-full&sslrootcert=/etc/ssl/certs/rds-global-bundle.pem"));
            Assert.That(version["secret_string"], Is.Null);
            Assert.That((bool?)random["exclude_punctuation"], Is.True, "the password stands in an URL");
            Assert.That((int?)random["password_length"], Is.GreaterThanOrEqualTo(32));
        });
    }

    // For an image without RDS's root certificates.
    [Test, Property("Finding", "A25")]
    public void Url_DoesNotVerify_IfConfigured() =>
        Assert.That(
            (string?)Version(new DatabaseConfig { Tls = DatabaseTls.Require, TlsRootCertificate = "/other.pem" })["secret_string_wo"],
            Does.EndWith(":5432/app?sslmode=require"));

    [Test, Property("Row", "T-L3")]
    public void Url_HasTheSchemeAndOptionsOfTheDriver() =>
        Assert.That(
            (string?)Version(new DatabaseConfig
            {
                UrlScheme = "postgresql+asyncpg",
                UrlOptions = new Dictionary<string, string> { ["ssl"] = "verify-full", ["application_name"] = "a b&c" },
            })["secret_string_wo"],
            Does.StartWith("postgresql+asyncpg://app:").And.EndWith(":5432/app?application_name=a%20b%26c&ssl=verify-full"));

    [Test, Property("Row", "T3")]
    public void Secret_HasTheNameThatServicesReferTo()
    {
        JObject secret = Synthesize(new DatabaseConfig()).Resource("aws_secretsmanager_secret", "database_url");

        Assert.That((string?)secret["name"], Is.EqualTo("dev/acme/database-url"));
    }

    [Test]
    public void Url_IsWrittenAgainOnlyWhenItChanges()
    {
        var first = (int?)Version(new DatabaseConfig())["secret_string_wo_version"];

        Assert.Multiple(() =>
        {
            Assert.That((int?)Version(new DatabaseConfig { StorageGiB = 50 })["secret_string_wo_version"], Is.EqualTo(first));
            Assert.That((int?)Version(new DatabaseConfig { User = "other" })["secret_string_wo_version"], Is.Not.EqualTo(first));
            Assert.That((int?)Version(new DatabaseConfig { Name = "other" })["secret_string_wo_version"], Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void Url_FollowsTheHost()
    {
        JObject version = Version(new DatabaseConfig());

        // A bare reference: Terraform does not accept an expression here.
        Assert.That(
            version["lifecycle"]!["replace_triggered_by"]!.Values<string>(), Is.EqualTo(new[] { "aws_db_instance.database.address" }));
    }
}
