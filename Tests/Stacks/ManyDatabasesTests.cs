using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>A second database: the same construct and rules, with its own name as a prefix.</summary>
internal sealed class ManyDatabasesTests
{
    private static SynthesizedStack Base => Variants.WithoutNat.Value.Base;

    [Test, Property("Row", "T4"), Property("Row", "S6")]
    public void Second_IsAsSafeAsTheFirst()
    {
        JObject first = Base.Resource("aws_db_instance", "database");
        JObject second = Base.Resource("aws_db_instance", "db-reporting");
        string[] same =
        [
            "storage_encrypted", "publicly_accessible", "manage_master_user_password", "deletion_protection", "skip_final_snapshot",
            "multi_az",
            "copy_tags_to_snapshot", "auto_minor_version_upgrade", "enabled_cloudwatch_logs_exports", "performance_insights_enabled",
            "kms_key_id",
        ];

        Assert.Multiple(() =>
        {
            foreach (string attribute in same)
                Assert.That(second[attribute], Is.EqualTo(first[attribute]).And.Not.Null, attribute);
            Assert.That((string?)second["identifier"], Is.EqualTo("acme-dev-reporting-db"));
            Assert.That((string?)second["parameter_group_name"], Is.EqualTo("${aws_db_parameter_group.db-reporting_parameters.name}"));
            Assert.That(
                Base.Resource("aws_db_parameter_group", "db-reporting_parameters")["parameter"]!.Select(p => $"{p["name"]} {p["value"]}"),
                Does.Contain("rds.force_ssl 1"));
        });
    }

    [Test, Property("Row", "T1"), Property("Row", "S1")]
    public void Second_HasItsOwnSecurityGroup()
    {
        JObject rule = Base.Resource("aws_vpc_security_group_ingress_rule", "database-reporting-tasks");

        Assert.Multiple(() =>
        {
            Assert.That(Base.Resource("aws_db_instance", "db-reporting")["vpc_security_group_ids"]!.Values<string>(),
                Is.EqualTo(new[] { "${aws_security_group.rds-reporting-sg.id}" }));
            Assert.That((string?)rule["referenced_security_group_id"], Is.EqualTo("${aws_security_group.ecs-sg.id}"));
            Assert.That((int?)rule["from_port"], Is.EqualTo(5432));
        });
    }

    [Test, Property("Row", "T3")]
    public void Second_HasItsOwnSecrets_WhichServicesMayName()
    {
        string start = (string)Base.Resource("aws_iam_role_policy", "web-execution_start")["policy"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)Base.Resource("aws_secretsmanager_secret", "url-db-reporting")["name"],
                Is.EqualTo("dev/acme/reporting-database-url"));
            Assert.That(start, Does.Contain("aws_secretsmanager_secret.url-db-reporting.arn"));
            Assert.That(start, Does.Contain("aws_db_instance.db-reporting.master_user_secret[0].secret_arn"));
        });
    }

    [Test, Property("Row", "T9")]
    public void Second_HasItsOwnAlarms() =>
        Assert.That(
            Base.Ids("aws_cloudwatch_metric_alarm").Select(id => (string?)Base.Resource("aws_cloudwatch_metric_alarm", id)["alarm_name"]),
            Is.SupersetOf(
                new[] { "acme-dev-db-cpu", "acme-dev-db-storage", "acme-dev-reporting-db-cpu", "acme-dev-reporting-db-storage" }));

    [Test]
    public void Hosts_AreOperatorOutputs() =>
        Assert.That(((JObject)Base.Json["output"]!).Properties().Select(output => output.Name),
            Is.SupersetOf(new[] { "database_host", "database_reporting_host" }));
}
