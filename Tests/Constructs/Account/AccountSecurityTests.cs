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
    public void ByDefault_BucketsDisksAndWhatIsReachedFromOutside_AreSeenTo()
    {
        SynthesizedStack stack = Synthesize(new AccountSecurityConfig());
        JObject buckets = stack.Resource("aws_s3_account_public_access_block", "account");

        Assert.Multiple(() =>
        {
            Assert.That(stack.Addresses(), Is.EqualTo(new[]
            {
                "aws_accessanalyzer_analyzer.account", "aws_ebs_encryption_by_default.account", "aws_s3_account_public_access_block.account",
            }));
            Assert.That(new[] { "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets" }.Select(setting => (bool?)buckets[setting]), Is.All.True);
            Assert.That((bool?)stack.Resource("aws_ebs_encryption_by_default", "account")["enabled"], Is.True);
            Assert.That((string?)stack.Resource("aws_accessanalyzer_analyzer", "account")["type"], Is.EqualTo("ACCOUNT"));
            Assert.That((string?)stack.Resource("aws_accessanalyzer_analyzer", "account")["analyzer_name"], Is.EqualTo("acme-dev-external-access"));
        });
    }

    [Test, Property("Row", "S16")]
    public void Off_IsLeftToWhoeverManagesTheAccount() =>
        Assert.That(
            Synthesize(new AccountSecurityConfig { PublicAccessBlock = false, EbsEncryption = false, AccessAnalyzer = false }).Addresses(),
            Is.Empty);

    [Test, Property("Row", "S16"), Property("Row", "D9")]
    public void SecurityHub_ChecksTheStandardsAskedFor_AndNoOthers()
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
            Assert.That((string?)cis["standards_arn"], Is.EqualTo("arn:aws:securityhub:us-east-2::standards/cis-aws-foundations-benchmark/v/3.0.0"));
            Assert.That((string?)stack.Resource("aws_securityhub_standards_subscription", "account_aws-foundational-security-best-practices")["standards_arn"],
                Is.EqualTo("arn:aws:securityhub:us-east-2::standards/aws-foundational-security-best-practices/v/1.0.0"));
            Assert.That(cis["depends_on"]!.Values<string>(), Is.EqualTo(new[] { "aws_securityhub_account.account" }));
        });
    }

    [Test, Property("Row", "S16"), Property("Row", "D9")]
    public void GuardDuty_IsOn_WhereAskedFor() =>
        Assert.That((bool?)Synthesize(new AccountSecurityConfig { GuardDuty = true }).Resource("aws_guardduty_detector", "account")["enable"], Is.True);

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S16")]
    public void EveryAccount_IsSeenTo_ByItsBootstrapStackAlone(Example example)
    {
        string[] ofAccounts = ["aws_accessanalyzer_analyzer", "aws_ebs_encryption_by_default", "aws_s3_account_public_access_block"];

        Assert.Multiple(() =>
        {
            foreach (string type in ofAccounts)
            {
                Assert.That(example.Bootstrap.Ids(type), Is.EqualTo(new[] { "account" }), type);
                Assert.That(example.Base.Ids(type).Concat(example.Runtime.Ids(type)), Is.Empty, $"two environments of the account would fight over {type}");
            }
        });
    }
}
