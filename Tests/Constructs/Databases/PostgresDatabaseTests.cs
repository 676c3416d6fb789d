using Infra.Configuration.Model;
using Infra.Constructs.Databases;
using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Databases;

internal sealed class PostgresDatabaseTests
{
    private static readonly DatabasePlacement Placement = new(["subnet-a", "subnet-b"], "sg-database");

    private static SynthesizedStack Synthesize(DatabaseConfig? config = null, bool production = false, bool disposable = false) =>
        SynthesizedStack.Of(stack => _ = new PostgresDatabase(stack, "database", new PostgresDatabaseProps
        {
            Context = SynthesizedStack.Context(production, disposable),
            Name = new DatabaseName(null),
            Config = config ?? new DatabaseConfig(),
            Placement = Placement,
            LogRetentionDays = 30,
        }));

    private static JObject Instance(DatabaseConfig? config = null, bool production = false, bool disposable = false) =>
        Synthesize(config, production, disposable).Resource("aws_db_instance", "database");

    [Test, Property("Row", "T4")]
    public void Default_IsTheSmallPostgres16()
    {
        JObject instance = Instance();

        Assert.Multiple(() =>
        {
            Assert.That((string?)instance["engine"], Is.EqualTo("postgres"));
            Assert.That((string?)instance["engine_version"], Is.EqualTo("16"));
            Assert.That((string?)instance["instance_class"], Is.EqualTo("db.t4g.micro"));
            Assert.That((int?)instance["allocated_storage"], Is.EqualTo(20));
            Assert.That((string?)instance["storage_type"], Is.EqualTo("gp3"));
            Assert.That((int?)instance["backup_retention_period"], Is.EqualTo(7));
        });
    }

    [Test, Property("Row", "T4"), Property("Row", "S6"), Property("Row", "S1")]
    public void Instance_IsPrivateAndEncrypted()
    {
        SynthesizedStack stack = Synthesize();
        JObject instance = stack.Resource("aws_db_instance", "database");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)instance["publicly_accessible"], Is.False);
            Assert.That((bool?)instance["storage_encrypted"], Is.True);
            Assert.That(instance["vpc_security_group_ids"]!.Values<string>(), Is.EqualTo(new[] { "sg-database" }));
            Assert.That((string?)instance["db_subnet_group_name"], Is.EqualTo("${aws_db_subnet_group.database_subnets.name}"));
            Assert.That(
                stack.Resource("aws_db_subnet_group", "database_subnets")["subnet_ids"]!.Values<string>(),
                Is.EqualTo(new[] { "subnet-a", "subnet-b" }));
        });
    }

    [Test, Property("Row", "T4"), Property("Row", "S6")]
    public void MasterPassword_IsManagedAndRotatedByAws()
    {
        JObject instance = Instance();

        Assert.Multiple(() =>
        {
            Assert.That((bool?)instance["manage_master_user_password"], Is.True);
            Assert.That(instance["password"], Is.Null);
            Assert.That((string?)instance["username"], Is.EqualTo("administrator"));
        });
    }

    [Test, Property("Row", "S6")]
    public void ParameterGroup_ForcesTls()
    {
        SynthesizedStack stack = Synthesize(new DatabaseConfig { Version = "17" });
        JObject group = stack.Resource("aws_db_parameter_group", "database_parameters");

        Assert.Multiple(() =>
        {
            Assert.That((string?)group["family"], Is.EqualTo("postgres17"));
            Assert.That((string?)group["parameter"]!.Single(p => (string?)p["name"] == "rds.force_ssl")["value"], Is.EqualTo("1"));
            Assert.That((bool?)group["lifecycle"]!["create_before_destroy"], Is.True);
            Assert.That(
                (string?)stack.Resource("aws_db_instance", "database")["parameter_group_name"],
                Is.EqualTo("${aws_db_parameter_group.database_parameters.name}"));
        });
    }

    [Test, Property("Row", "S6")]
    public void Instance_IsKeptAndUpdated()
    {
        JObject instance = Instance();

        Assert.Multiple(() =>
        {
            Assert.That((bool?)instance["deletion_protection"], Is.True);
            Assert.That((bool?)instance["skip_final_snapshot"], Is.False);
            Assert.That((string?)instance["final_snapshot_identifier"], Is.EqualTo("acme-dev-db-final"));
            Assert.That((bool?)instance["delete_automated_backups"], Is.False);
            Assert.That((bool?)instance["lifecycle"]!["prevent_destroy"], Is.True);
            Assert.That((bool?)instance["auto_minor_version_upgrade"], Is.True);
            Assert.That((bool?)instance["copy_tags_to_snapshot"], Is.True);
        });
    }

    [Test]
    public void Disposable_CanBeDestroyed()
    {
        JObject instance = Instance(disposable: true);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)instance["deletion_protection"], Is.False);
            Assert.That((bool?)instance["skip_final_snapshot"], Is.True);
            Assert.That(instance["final_snapshot_identifier"], Is.Null);
            Assert.That(instance["lifecycle"]?["prevent_destroy"], Is.Null);
        });
    }

    [TestCase(true, null, true)]
    [TestCase(false, null, false)]
    [TestCase(true, false, false)]
    [TestCase(false, true, true)]
    [Property("Row", "S6")]
    public void MultiAz_IsOnInProduction_UnlessConfigured(bool production, bool? said, bool expected)
    {
        Assert.That((bool?)Instance(new DatabaseConfig { MultiAz = said }, production)["multi_az"], Is.EqualTo(expected));
    }

    [Test, Property("Row", "S6"), Property("Row", "S12")]
    public void Logs_AreExportedToGroupsWithARetention()
    {
        SynthesizedStack stack = Synthesize();
        JObject instance = stack.Resource("aws_db_instance", "database");

        Assert.Multiple(() =>
        {
            Assert.That(instance["enabled_cloudwatch_logs_exports"]!.Values<string>(), Is.EqualTo(new[] { "postgresql", "upgrade" }));
            foreach (string log in new[] { "postgresql", "upgrade" })
            {
                JObject group = stack.Resource("aws_cloudwatch_log_group", $"database_log_{log}");
                Assert.That((string?)group["name"], Is.EqualTo($"/aws/rds/instance/acme-dev-db/{log}"));
                Assert.That((int?)group["retention_in_days"], Is.EqualTo(30));
                Assert.That(instance["depends_on"]!.Values<string>(), Does.Contain($"aws_cloudwatch_log_group.database_log_{log}"));
            }
        });
    }

    [TestCase(false, false, null, false)]
    [TestCase(true, false, true, true)]
    [TestCase(false, true, null, true)]
    [Property("Finding", "A6")]
    public void MajorVersion_IsUpgradedOnlyIfConfigured_AndThenImmediately(bool allowed, bool disposable, bool? expected, bool atOnce)
    {
        JObject instance = Instance(new DatabaseConfig { Version = "17", AllowMajorVersionUpgrade = allowed }, disposable: disposable);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)instance["allow_major_version_upgrade"], Is.EqualTo(expected));
            Assert.That((bool?)instance["apply_immediately"], Is.EqualTo(atOnce),
                "until the maintenance window the old parameter group is in use, and cannot be deleted");
        });
    }

    [Test, Property("Finding", "A6")]
    public void ParameterGroup_OfAnotherVersion_HasAnotherName()
    {
        string? NameFor(string version) =>
            (string?)Synthesize(new DatabaseConfig { Version = version }).Resource("aws_db_parameter_group", "database_parameters")["name"];
        Assert.That(NameFor("16"), Is.Not.EqualTo(NameFor("17")), "the new one is made while the old one is still in use");
    }

    [TestCase(false, "open-source-rds-extended-support-disabled")]
    [TestCase(true, "open-source-rds-extended-support")]
    [Property("Finding", "A6")]
    public void ExtendedSupport_IsOnOnlyIfConfigured(bool asked, string expected)
    {
        JObject instance = Instance(new DatabaseConfig { ExtendedSupport = asked });

        Assert.Multiple(() =>
        {
            Assert.That((string?)instance["engine_lifecycle_support"], Is.EqualTo(expected));
            Assert.That(instance["lifecycle"]!["ignore_changes"]!.Values<string>(), Is.EqualTo(new[] { "engine_lifecycle_support" }),
                "RDS cannot change it later");
        });
    }

    [Test]
    public void User_WithTheMastersName_IsRejected()
    {
        Assert.That(() => Instance(new DatabaseConfig { User = "administrator" }),
            Throws.ArgumentException.With.Message.Contains("'administrator'"));
    }

    [Test]
    public void Storage_ThatCannotGrow_IsRejected()
    {
        Assert.That(
            () => Instance(new DatabaseConfig { StorageGiB = 100, MaxStorageGiB = 50 }),
            Throws.ArgumentException.With.Message.Contains("100 GiB").And.Message.Contains("50 GiB"));
    }
}
