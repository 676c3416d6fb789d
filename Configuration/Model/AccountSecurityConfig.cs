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

    [Description("Whether snapshots of disks in the region cannot be shared with everyone.")]
    public bool SnapshotPublicAccessBlock { get; init; } = true;

    [Description("Whether new EC2 instances in the region answer requests for metadata only with a session token (IMDSv2), unless they say otherwise themselves.")]
    public bool RequireImdsV2 { get; init; } = true;

    [Description("Whether CloudTrail records who changed what, in all regions, in a bucket of the account for a year. The first copy of these events is free of charge, storage is paid; leave it off where the organization or somebody else has a trail.")]
    public bool CloudTrail { get; init; } = true;

    [Description("Whether AWS Config records the resources of the region, paid by what changes; most controls of Security Hub need it. A region of an account has one recorder: leave it off where there is one. Default: where securityHub names standards.")]
    public bool? ConfigRecorder { get; init; }

    [Description("Standards that Security Hub checks the account against, paid by check; none leaves it off. Most of its controls need AWS Config, which configRecorder turns on.")]
    [AllowedValues("aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/3.0.0", "nist-800-53/v/5.0.0", "pci-dss/v/3.2.1")]
    public IReadOnlyList<string> SecurityHub { get; init; } = [];

    /// <summary>Whether AWS Config records, stated or by default.</summary>
    public bool RecordsConfig => ConfigRecorder ?? SecurityHub.Count > 0;
}
