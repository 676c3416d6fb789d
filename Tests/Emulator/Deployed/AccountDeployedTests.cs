using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Settings that exist once per account, as applied. Their values are tested by <c>AccountSecurityTests</c>.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AccountDeployedTests
{
    private static AppliedStack Bootstrap => AppliedEnvironment.Local.Bootstrap;

    [TestCase("aws_s3_account_public_access_block", "account")]
    [TestCase("aws_ebs_encryption_by_default", "account")]
    [TestCase("aws_accessanalyzer_analyzer", "account")]
    [TestCase("aws_cloudtrail", "account")]
    [TestCase("aws_config_configuration_recorder_status", "account")]
    [TestCase("aws_guardduty_detector_feature", "account")]
    [TestCase("aws_securityhub_standards_subscription", "account_aws-foundational-security-best-practices")]
    [TestCase("aws_securityhub_standards_subscription", "account_cis-aws-foundations-benchmark")]
    [Property("Row", "S16"), Property("Row", "D9"), Property("Row", "D-L3"), Property("Row", "L-L3")]
    public void Setting_IsApplied(string type, string id) =>
        Assert.That((string?)Bootstrap.Resource(type, id)["id"], Is.Not.Null.And.Not.Empty);

    [Test, Property("Row", "S12")]
    public void Topic_IsEncryptedWithItsKey() =>
        Assert.That((string?)AppliedEnvironment.Local.Base.Resource("aws_sns_topic", "alerts")["kms_master_key_id"],
            Is.EqualTo((string?)AppliedEnvironment.Local.Base.Resource("aws_kms_key", "alerts_key")["arn"]));
}
