using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>What an account has once, whatever stands in it. The bootstrap stack makes it; leave off what another project of the account already has.</summary>
public sealed record AccountSecurityConfig
{
    [Description("Whether S3 refuses to make any bucket or object of the account public.")]
    public bool PublicAccessBlock { get; init; } = true;

    [Description("Whether new disks of the account are encrypted in the region.")]
    public bool EbsEncryption { get; init; } = true;

    [Description("Whether IAM Access Analyzer looks for what people outside of the account can reach. A region of an account has one such analyzer.")]
    public bool AccessAnalyzer { get; init; } = true;

    [Description("Whether GuardDuty looks for threats, paid by what it reads. A region of an account has one detector.")]
    public bool GuardDuty { get; init; }

    [Description("Standards that Security Hub checks the account against, paid by check; none leaves it off. Its controls need AWS Config to record.")]
    [AllowedValues("aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/3.0.0", "nist-800-53/v/5.0.0", "pci-dss/v/3.2.1")]
    public IReadOnlyList<string> SecurityHub { get; init; } = [];
}
