using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// Security settings that exist once per account. The bootstrap stack creates them; leave off what another project of the account already
/// manages.
/// </summary>
public sealed record AccountSecurityConfig
{
    [Description("Whether S3 blocks public access to all buckets and objects of the account.")]
    public bool PublicAccessBlock { get; init; } = true;

    [Description("Whether new EBS volumes of the account are encrypted in the Region.")]
    public bool EbsEncryption { get; init; } = true;

    [Description(
        "Whether IAM Access Analyzer reports resources that principals outside of the account can access. An account has one such "
            + "analyzer per Region.")]
    public bool AccessAnalyzer { get; init; } = true;

    [Description("Whether GuardDuty detects threats; charged by the data it analyzes. An account has one detector per Region.")]
    public bool GuardDuty { get; init; }

    [Description(
        "Whether GuardDuty monitors processes, files and connections in Fargate tasks, with an agent that it adds to each new task; "
            + "charged by vCPU of the tasks. Requires guardDuty.")]
    public bool GuardDutyRuntimeMonitoring { get; init; }

    [Description("Whether public sharing of EBS snapshots is blocked in the Region.")]
    public bool SnapshotPublicAccessBlock { get; init; } = true;

    [Description(
        "Whether new EC2 instances in the Region require a session token for metadata requests (IMDSv2), unless they specify otherwise.")]
    public bool RequireImdsV2 { get; init; } = true;

    [Description(
        "Whether CloudTrail records management events of all Regions in a bucket of the account, for a year. The first copy of these "
            + "events is free of charge, storage is charged; leave it off if the organization or another project has a trail.")]
    public bool CloudTrail { get; init; } = true;

    [Description(
        "Whether AWS Config records the resources of the Region, charged by changes; most controls of Security Hub need it. An account "
            + "has one recorder per Region: leave it off if one exists. Default: on if securityHub lists standards.")]
    public bool? ConfigRecorder { get; init; }

    [Description(
        "Standards that Security Hub checks the account against, charged by check; none leaves it off. Most of its controls need AWS "
            + "Config, which configRecorder turns on.")]
    [AllowedValues("aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/3.0.0", "nist-800-53/v/5.0.0",
        "pci-dss/v/3.2.1")]
    public IReadOnlyList<string> SecurityHub { get; init; } = [];

    /// <summary>Whether AWS Config records, explicitly or by default.</summary>
    public bool RecordsConfig => ConfigRecorder ?? SecurityHub.Count > 0;
}
