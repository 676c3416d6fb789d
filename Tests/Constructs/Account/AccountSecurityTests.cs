using Infra.Configuration.Model;
using Infra.Constructs.Account;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Account;

internal sealed class AccountSecurityTests
{
    private static SynthesizedStack Synthesize(AccountSecurityConfig config) => SynthesizedStack.Of(stack =>
        _ = new AccountSecurity(stack, "account", new AccountSecurityProps(SynthesizedStack.Context(), config)));

    [Test, Property("Row", "S16")]
    public void ByDefault_PublicAccessBlockEncryptionAndAccessAnalyzer_AreOn()
    {
        SynthesizedStack stack = Synthesize(new AccountSecurityConfig());
        JObject buckets = stack.Resource("aws_s3_account_public_access_block", "account");

        Assert.Multiple(() =>
        {
            Assert.That(stack.Addresses().Where(address => !address.StartsWith("aws_s3_bucket", StringComparison.Ordinal)), Is.EqualTo(new[]
            {
                "aws_accessanalyzer_analyzer.account", "aws_cloudtrail.account", "aws_ebs_encryption_by_default.account",
                "aws_ebs_snapshot_block_public_access.account", "aws_ec2_instance_metadata_defaults.account",
                "aws_s3_account_public_access_block.account",
            }));
            Assert.That(
                new[] { "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets" }.Select(
                    setting => (bool?)buckets[setting]), Is.All.True);
            Assert.That((bool?)stack.Resource("aws_ebs_encryption_by_default", "account")["enabled"], Is.True);
            Assert.That((string?)stack.Resource("aws_accessanalyzer_analyzer", "account")["type"], Is.EqualTo("ACCOUNT"));
            Assert.That(
                (string?)stack.Resource("aws_accessanalyzer_analyzer", "account")["analyzer_name"], Is.EqualTo("acme-dev-external-access"));
        });
    }

    [Test, Property("Row", "S16")]
    public void Off_CreatesNothing() =>
        Assert.That(
            Synthesize(Off).Addresses(),
            Is.Empty);

    private static AccountSecurityConfig Off { get; } = new()
    {
        PublicAccessBlock = false,
        EbsEncryption = false,
        AccessAnalyzer = false,
        SnapshotPublicAccessBlock = false,
        RequireImdsV2 = false,
        CloudTrail = false,
    };

    [Test, Property("Finding", "A24"), Property("Row", "S16")]
    public void Snapshots_AreNotPublic_AndInstancesRequireImdsV2()
    {
        SynthesizedStack stack = Synthesize(new AccountSecurityConfig());

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)stack.Resource("aws_ebs_snapshot_block_public_access", "account")["state"], Is.EqualTo("block-all-sharing"));
            Assert.That((string?)stack.Resource("aws_ec2_instance_metadata_defaults", "account")["http_tokens"], Is.EqualTo("required"));
        });
    }

    [Test, Property("Finding", "A24"), Property("Row", "S16"), Property("Row", "L-L3")]
    public void Trail_RecordsAllRegions_IntoABucketThatOnlyItWrites()
    {
        SynthesizedStack stack = Synthesize(new AccountSecurityConfig());
        JObject trail = stack.Resource("aws_cloudtrail", "account");
        JObject policy = SynthesizedStack.Policy(stack.Resource("aws_s3_bucket_policy", "account-logs_policy")["policy"]);
        JObject write = SynthesizedStack.Statement(policy, "CloudTrailWrite");

        Assert.Multiple(() =>
        {
            Assert.That((string?)trail["name"], Is.EqualTo("acme-dev-management-events"));
            Assert.That(
                new[] { "is_multi_region_trail", "include_global_service_events", "enable_log_file_validation" }.Select(
                    setting => (bool?)trail[setting]), Is.All.True);
            Assert.That((string?)trail["s3_bucket_name"], Is.EqualTo("acme-account-logs-dev-111111111111"));
            Assert.That(trail["depends_on"]!.Values<string>(), Is.EqualTo(new[] { "aws_s3_bucket_policy.account-logs_policy" }),
                "CloudTrail checks first whether it may write");
            Assert.That((string?)write["Resource"], Is.EqualTo("arn:aws:s3:::acme-account-logs-dev-111111111111/AWSLogs/111111111111/*"));
            Assert.That((string?)write["Condition"]!["StringEquals"]!["aws:SourceArn"],
                Is.EqualTo("arn:aws:cloudtrail:us-east-2:111111111111:trail/acme-dev-management-events"));
            Assert.That((string?)write["Condition"]!["StringEquals"]!["s3:x-amz-acl"], Is.EqualTo("bucket-owner-full-control"));
            Assert.That(policy["Statement"]!.Select(statement => (string?)statement["Sid"]), Has.None.StartsWith("Config"));
        });
    }

    [TestCase(null, true, true), TestCase(false, true, false), TestCase(true, false, true), TestCase(null, false, false)]
    [Property("Finding", "A11")]
    public void Config_Records_IfSecurityHubIsOn_UnlessConfigured(bool? said, bool hub, bool expected)
    {
        SynthesizedStack stack =
            Synthesize(Off with { ConfigRecorder = said, SecurityHub = hub ? ["cis-aws-foundations-benchmark/v/3.0.0"] : [] });

        Assert.That(stack.Ids("aws_config_configuration_recorder_status"), expected ? Is.EqualTo(new[] { "account" }) : Is.Empty);
    }

    [Test, Property("Finding", "A11")]
    public void Config_RecordsEverything_BeforeSecurityHubChecksIt()
    {
        SynthesizedStack stack = Synthesize(new AccountSecurityConfig { SecurityHub = ["cis-aws-foundations-benchmark/v/3.0.0"] });
        JObject recorder = stack.Resource("aws_config_configuration_recorder", "account");
        JObject write = SynthesizedStack.Statement(
            SynthesizedStack.Policy(stack.Resource("aws_s3_bucket_policy", "account-logs_policy")["policy"]), "ConfigWrite");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)recorder["recording_group"]!["all_supported"], Is.True);
            Assert.That((bool?)recorder["recording_group"]!["include_global_resource_types"], Is.True);
            Assert.That((string?)recorder["role_arn"], Is.EqualTo("${aws_iam_service_linked_role.account_config.arn}"),
                "Security Hub's control Config.1 fails with any other role");
            Assert.That((string?)stack.Resource("aws_iam_service_linked_role", "account_config")["aws_service_name"],
                Is.EqualTo("config.amazonaws.com"));
            Assert.That((string?)stack.Resource("aws_config_delivery_channel", "account")["s3_bucket_name"],
                Is.EqualTo("acme-account-logs-dev-111111111111"));
            Assert.That((bool?)stack.Resource("aws_config_configuration_recorder_status", "account")["is_enabled"], Is.True);
            Assert.That(stack.Resource("aws_securityhub_account", "account")["depends_on"]!.Values<string>(),
                Is.EqualTo(new[] { "aws_config_configuration_recorder_status.account" }));
            Assert.That(
                (string?)write["Resource"], Is.EqualTo("arn:aws:s3:::acme-account-logs-dev-111111111111/AWSLogs/111111111111/Config/*"));
            Assert.That((string?)write["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
        });
    }

    [Test, Property("Row", "S16"), Property("Row", "D9")]
    public void SecurityHub_EnablesOnlyTheConfiguredStandards()
    {
        SynthesizedStack stack = Synthesize(new AccountSecurityConfig
        {
            SecurityHub = ["cis-aws-foundations-benchmark/v/3.0.0", "aws-foundational-security-best-practices/v/1.0.0"],
        });
        JObject hub = stack.Resource("aws_securityhub_account", "account");
        JObject cis = stack.Resource("aws_securityhub_standards_subscription", "account_cis-aws-foundations-benchmark");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)hub["enable_default_standards"], Is.False);
            Assert.That((string?)hub["control_finding_generator"], Is.EqualTo("SECURITY_CONTROL"));
            Assert.That(stack.Ids("aws_securityhub_standards_subscription"), Has.Count.EqualTo(2));
            Assert.That((string?)cis["standards_arn"],
                Is.EqualTo("arn:aws:securityhub:us-east-2::standards/cis-aws-foundations-benchmark/v/3.0.0"));
            Assert.That(
                (string?)stack.Resource(
                    "aws_securityhub_standards_subscription", "account_aws-foundational-security-best-practices")["standards_arn"],
                Is.EqualTo("arn:aws:securityhub:us-east-2::standards/aws-foundational-security-best-practices/v/1.0.0"));
            Assert.That(cis["depends_on"]!.Values<string>(), Is.EqualTo(new[] { "aws_securityhub_account.account" }));
        });
    }

    [Test, Property("Row", "S16"), Property("Row", "D9")]
    public void GuardDuty_IsOn_IfConfigured() =>
        Assert.That((bool?)Synthesize(new AccountSecurityConfig { GuardDuty = true })
            .Resource("aws_guardduty_detector", "account")["enable"], Is.True);

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S16")]
    public void AccountSecurity_IsOnlyInTheBootstrapStack(Example example)
    {
        string[] ofAccounts = ["aws_accessanalyzer_analyzer", "aws_ebs_encryption_by_default", "aws_s3_account_public_access_block"];

        Assert.Multiple(() =>
        {
            foreach (string type in ofAccounts)
            {
                Assert.That(example.Bootstrap.Ids(type), Is.EqualTo(new[] { "account" }), type);
                Assert.That(example.Base.Ids(type).Concat(example.Runtime.Ids(type)), Is.Empty,
                    $"two environments of the account would fight over {type}");
            }
        });
    }

    [Test, Property("Row", "D-L3")]
    public void RuntimeMonitoring_IsOnForFargateTasksOnly()
    {
        SynthesizedStack stack = Synthesize(Off with { GuardDuty = true, GuardDutyRuntimeMonitoring = true });
        JObject feature = stack.Resource("aws_guardduty_detector_feature", "account");

        Assert.Multiple(() =>
        {
            Assert.That((string?)feature["detector_id"], Is.EqualTo("${aws_guardduty_detector.account.id}"));
            Assert.That((string?)feature["name"], Is.EqualTo("RUNTIME_MONITORING"));
            Assert.That((string?)feature["status"], Is.EqualTo("ENABLED"));
            Assert.That(feature["additional_configuration"]!.Select(agent => $"{agent["name"]} {agent["status"]}"), Is.EqualTo(new[]
            {
                "EKS_ADDON_MANAGEMENT DISABLED", "ECS_FARGATE_AGENT_MANAGEMENT ENABLED", "EC2_AGENT_MANAGEMENT DISABLED",
            }));
            Assert.That(
                Synthesize(Off with { GuardDuty = true }).Addresses(), Is.EqualTo(new[] { "aws_guardduty_detector.account" }),
                "off by default");
        });
    }
}
