using System.Xml.Linq;
using Infra.Operations.AwsClients;
using Infra.Operations.Databases;
using Infra.Operations.Output;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Operations.Databases;

[Property("Finding", "A5")]
internal sealed class RestoreSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly DatabaseResource Database = new(
        "aws_db_instance.database", "acme-dev-db",
        JObject.Parse("""
            {
              "resource_id": "db-OLD", "instance_class": "db.t4g.micro", "db_subnet_group_name": "acme-dev-db", "parameter_group_name": "acme-dev-db-postgres17",
              "multi_az": false, "port": 5432, "publicly_accessible": false, "deletion_protection": true, "kms_key_id": "arn:key", "storage_type": "gp3",
              "engine_lifecycle_support": "open-source-rds-extended-support-disabled",
              "vpc_security_group_ids": ["sg-1"], "tags_all": { "Project": "acme" }
            }
            """),
        JObject.Parse("""{ "engine_version": "17", "username": "administrator" }"""));

    [TestCase(null, null, false, "choose what to restore from")]
    [TestCase("s", null, true, "choose what to restore from")]
    [TestCase(null, "10:00", false, "is not a time in UTC")]
    [TestCase(null, "2026-11-21T12:00:00+01:00", false, "is not a time in UTC")]
    [TestCase(null, "2026-11-22T12:00Z", false, "in the future")]
    public void Parse_NoOrNotOneSource_IsRefused(string? snapshot, string? time, bool latest, string said) =>
        Assert.That(Assert.Throws<OperationException>(() => RestoreSource.Parse(snapshot, time, latest, Now))!.Message, Does.Contain(said));

    [Test]
    public void Parse_Time_IsUtc() =>
        Assert.That(RestoreSource.Parse(null, "2026-11-20T09:55:00Z", false, Now).ToString(), Is.EqualTo("time 2026-11-20T09:55:00Z"));

    [Test]
    public void Parameters_OfTheRestoredInstance_AreThoseOfTheDatabase()
    {
        Dictionary<string, string> parameters = RestoreParameters.Of(new RestoreSource("taken", null), Database);
        Assert.That(parameters, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["DBInstanceClass"] = "db.t4g.micro",
            ["DBSubnetGroupName"] = "acme-dev-db",
            ["DBParameterGroupName"] = "acme-dev-db-postgres17",
            ["MultiAZ"] = "false",
            ["Port"] = "5432",
            ["PubliclyAccessible"] = "false",
            ["DeletionProtection"] = "true",
            ["StorageType"] = "gp3",
            ["EngineLifecycleSupport"] = "open-source-rds-extended-support-disabled",
            ["VpcSecurityGroupIds.VpcSecurityGroupId.1"] = "sg-1",
            ["Tags.Tag.1.Key"] = "Project",
            ["Tags.Tag.1.Value"] = "acme",
            ["Tags.Tag.2.Key"] = "RestoredFrom",
            ["Tags.Tag.2.Value"] = "snapshot taken",
        }));
    }

    [TestCase("17.6", "administrator", "arn:key", "available", null)]
    [TestCase("16.9", "administrator", "arn:key", "available", "another major version than acme-dev-db: 16, not 17")]
    [TestCase("17.6", "postgres", "arn:key", "available", "another master user than acme-dev-db: postgres, not administrator")]
    [TestCase("17.6", "administrator", "arn:other", "available", "another KMS key than acme-dev-db: arn:other, not arn:key")]
    [TestCase("17.6", "administrator", "arn:key", "creating", "snapshot taken is creating")]
    public void Obstacle_WhatTerraformWouldReplaceTheInstanceFor_IsFoundBefore(
        string version, string user, string key, string status, string? said)
    {
        DbSnapshot snapshot = DbSnapshot.Of(XElement.Parse($"""
            <DBSnapshot><DBSnapshotIdentifier>taken</DBSnapshotIdentifier><Status>{status}</Status><EngineVersion>{version}</EngineVersion>
            <MasterUsername>{user}</MasterUsername><Encrypted>true</Encrypted><KmsKeyId>{key}</KmsKeyId></DBSnapshot>
            """));
        Assert.That(Database.ObstacleTo(snapshot)?.Message, said is null ? Is.Null : Does.Contain(said));
    }

    [Test]
    public void Choose_SeveralDatabases_WantsOneByName()
    {
        DatabaseResource[] all = [Database, Database with { Address = "aws_db_instance.reporting", Identifier = "acme-dev-reporting-db" }];
        Assert.That(DatabaseResource.Choose(all, "reporting").Identifier, Is.EqualTo("acme-dev-reporting-db"));
        Assert.That(DatabaseResource.Choose(all, "acme-dev-db"), Is.SameAs(Database));
        Assert.That(Assert.Throws<OperationException>(() => DatabaseResource.Choose(all, null))!.Remedy,
            Does.Contain("available: acme-dev-db, acme-dev-reporting-db"));
        Assert.That(
            Assert.Throws<OperationException>(() => DatabaseResource.Choose(all, "orders"))!.Message, Does.Contain("no database orders"));
        Assert.That(Assert.Throws<OperationException>(() => DatabaseResource.Choose([], null))!.Message, Does.Contain("has no database"));
    }
}
