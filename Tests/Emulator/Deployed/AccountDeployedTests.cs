using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Settings that exist once per account, network access, and databases, as applied.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AccountDeployedTests
{
    private static AppliedStack Bootstrap => AppliedEnvironment.Local.Bootstrap;

    private static AppliedStack Base => AppliedEnvironment.Local.Base;

    [Test, Property("Row", "S16")]
    public void Account_HasItsAccountWideSettings() => Assert.Multiple(() =>
    {
        Assert.That((bool?)Bootstrap.Resource("aws_s3_account_public_access_block", "account")["restrict_public_buckets"], Is.True);
        Assert.That((bool?)Bootstrap.Resource("aws_s3_account_public_access_block", "account")["block_public_policy"], Is.True);
        Assert.That((bool?)Bootstrap.Resource("aws_ebs_encryption_by_default", "account")["enabled"], Is.True);
        Assert.That((string?)Bootstrap.Resource("aws_accessanalyzer_analyzer", "account")["type"], Is.EqualTo("ACCOUNT"));
    });

    [Test, Property("Row", "S16"), Property("Row", "D9")]
    public void GuardDutyAndSecurityHub_AreEnabledIfConfigured() => Assert.Multiple(() =>
    {
        Assert.That((bool?)Bootstrap.Resource("aws_guardduty_detector", "account")["enable"], Is.True);
        Assert.That(
            (string?)Bootstrap.Resource(
                "aws_securityhub_standards_subscription", "account_aws-foundational-security-best-practices")["standards_arn"],
            Is.EqualTo("arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0"));
        Assert.That(
            (string?)Bootstrap.Resource("aws_securityhub_standards_subscription", "account_cis-aws-foundations-benchmark")["standards_arn"],
            Is.EqualTo("arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/3.0.0"));
    });

    [Test, Property("Row", "D-L3")]
    public void RuntimeMonitoring_IsEnabledForFargate_AndTasksMayPullItsAgent() => Assert.Multiple(() =>
    {
        JObject feature = Bootstrap.Resource("aws_guardduty_detector_feature", "account");
        Assert.That((string?)feature["name"], Is.EqualTo("RUNTIME_MONITORING"));
        Assert.That((string?)feature.SelectToken("$.additional_configuration[?(@.name == 'ECS_FARGATE_AGENT_MANAGEMENT')].status"),
            Is.EqualTo("ENABLED"));
        Assert.That((string?)Base.Resource("aws_iam_role_policy", "backend-execution_start")["policy"],
            Does.Contain("arn:aws:ecr:us-east-1:*:repository/aws-guardduty-agent-fargate"));
    });

    [Test, Property("Row", "L-L3"), Property("Row", "S16")]
    public void CloudTrail_RecordsManagementEventsOfAllRegions_AndValidatesItsFiles() => Assert.Multiple(() =>
    {
        JObject trail = Bootstrap.Resource("aws_cloudtrail", "account");
        Assert.That((bool?)trail["is_multi_region_trail"], Is.True);
        Assert.That((bool?)trail["enable_logging"], Is.True);
        Assert.That((bool?)trail["enable_log_file_validation"], Is.True);
        Assert.That((bool?)Bootstrap.Resource("aws_config_configuration_recorder_status", "account")["is_enabled"], Is.True);
    });

    [Test, Property("Row", "D-L6")]
    public void SavedQueries_SearchTheLogsOfServices() => Assert.Multiple(() =>
    {
        JObject errors = Base.Resource("aws_cloudwatch_query_definition", "query_errors");
        Assert.That((string?)errors["name"], Is.EqualTo("demo-local/errors"));
        Assert.That((string?)errors["query_definition_id"], Is.Not.Empty);
        Assert.That(
            errors["log_group_names"]!.Values<string>(), Is.EqualTo(new[] { "/ecs/demo-local-backend", "/ecs/demo-local-frontend" }));
    });

    [Test, Property("Row", "S15")]
    public void LockTable_CanBeRestored() =>
        Assert.That((bool?)Bootstrap.Resource("aws_dynamodb_table", "lock").SelectToken("$.point_in_time_recovery[0].enabled"), Is.True);

    [Test, Property("Row", "S1"), Property("Row", "H5")]
    public void DefaultSecurityGroup_IsClosed_AndConnectionsAreLogged() => Assert.Multiple(() =>
    {
        Assert.That(Base.Resource("aws_default_security_group", "closed")["ingress"], Is.Empty);
        Assert.That(Base.Resource("aws_default_security_group", "closed")["egress"], Is.Empty);
        Assert.That((string?)Base.Resource("aws_flow_log", "flow-logs")["traffic_type"], Is.EqualTo("ALL"));
    });

    [Test, Property("Row", "D2"), Property("Row", "H5")]
    public void Network_HasPublicAndPrivateSubnetsInTwoZones_AndEgressForThePrivateOnes() => Assert.Multiple(() =>
    {
        foreach (string zone in new[] { "a", "b" })
        {
            Assert.That((string?)Base.Resource("aws_subnet", $"public-{zone}")["availability_zone"], Is.EqualTo($"us-east-1{zone}"));
            Assert.That((string?)Base.Resource("aws_subnet", $"private-{zone}")["availability_zone"], Is.EqualTo($"us-east-1{zone}"));
            Assert.That(
                (string?)AppliedEnvironment.Local.Runtime.Resource("aws_route", $"out-{zone}")["nat_gateway_id"], Does.StartWith("nat-"));
        }
        Assert.That((string?)Base.Resource("aws_route", "internet")["gateway_id"], Does.StartWith("igw-"));
    });

    [Test, Property("Row", "T4"), Property("Row", "S6")]
    public void Database_IsPrivateAndEncrypted_AndItsPasswordIsManagedByAws()
    {
        var database = AppliedEnvironment.Tap.Base.Resource("aws_db_instance", "database");
        Assert.Multiple(() =>
        {
            Assert.That((string?)database["engine"], Is.EqualTo("postgres"));
            Assert.That((string?)database["instance_class"], Is.EqualTo("db.t4g.micro"));
            Assert.That((string?)database["storage_type"], Is.EqualTo("gp3"));
            Assert.That((int?)database["allocated_storage"], Is.EqualTo(20));
            Assert.That((int?)database["backup_retention_period"], Is.EqualTo(7));
            Assert.That((bool?)database["publicly_accessible"], Is.False);
            Assert.That((bool?)database["storage_encrypted"], Is.True);
            Assert.That((bool?)database["manage_master_user_password"], Is.True);
            Assert.That((string?)database["password"], Is.Null);
        });
    }

    [Test, Property("Row", "S12")]
    public void Topic_IsEncrypted_AndLogGroupsHaveRetention() => Assert.Multiple(() =>
    {
        Assert.That((string?)Base.Resource("aws_sns_topic", "alerts")["kms_master_key_id"],
            Is.EqualTo((string?)Base.Resource("aws_kms_key", "alerts_key")["arn"]));
        Assert.That(Base.Ids("aws_cloudwatch_log_group")
            .Select(id => (int?)Base.Resource("aws_cloudwatch_log_group", id)["retention_in_days"]), Is.All.EqualTo(7));
    });

    [Test, Property("Row", "S7")]
    public void Table_IsEncryptedAndCanBeRestored() => Assert.Multiple(() =>
    {
        Assert.That(
            (bool?)Base.Resource("aws_dynamodb_table", "table-sessions").SelectToken("$.point_in_time_recovery[0].enabled"), Is.True);
        Assert.That(
            (bool?)Base.Resource("aws_dynamodb_table", "table-sessions").SelectToken("$.server_side_encryption[0].enabled"), Is.True);
    });

    [Test, Property("Row", "T7")]
    public void TaskRole_ReadsWhatTheServiceUses()
    {
        string? policy = (string?)AppliedEnvironment.Tap.Base.Resource("aws_iam_role_policy", "backend-task_uses")["policy"];
        Assert.That(
            policy, Does.Contain("bedrock:InvokeModel").And.Contain("arn:aws:s3:::tap-files-111111111111/*").And.Contain(
                "secretsmanager:GetSecretValue"));
    }
}
