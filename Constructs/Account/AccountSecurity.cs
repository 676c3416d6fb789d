using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.AccessanalyzerAnalyzer;
using HashiCorp.Cdktf.Providers.Aws.EbsEncryptionByDefault;
using HashiCorp.Cdktf.Providers.Aws.EbsSnapshotBlockPublicAccess;
using HashiCorp.Cdktf.Providers.Aws.Ec2InstanceMetadataDefaults;
using HashiCorp.Cdktf.Providers.Aws.S3AccountPublicAccessBlock;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Constructs.Account;

/// <summary>Security settings that exist once per account, or once per account and Region.</summary>
internal sealed class AccountSecurity : Construct
{
    public AccountSecurity(Construct scope, string id, AccountSecurityProps props) : base(scope, id)
    {
        AccountSecurityConfig config = props.Config;
        if (config.PublicAccessBlock)
            new S3AccountPublicAccessBlock(this, "public_access", new S3AccountPublicAccessBlockConfig
            {
                BlockPublicAcls = true,
                BlockPublicPolicy = true,
                IgnorePublicAcls = true,
                RestrictPublicBuckets = true,
            }).Named(id);

        if (config.EbsEncryption)
            new EbsEncryptionByDefault(this, "disks", new EbsEncryptionByDefaultConfig { Enabled = true }).Named(id);

        if (config.AccessAnalyzer)
            new AccessanalyzerAnalyzer(this, "analyzer", new AccessanalyzerAnalyzerConfig
            {
                AnalyzerName = props.Context.Names.For(NameRule.Analyzer, "external-access"),
                Type = "ACCOUNT",
            }).Named(id);

        if (config.GuardDuty)
            ThreatDetection.Add(this, id, config.GuardDutyRuntimeMonitoring);

        if (config.SnapshotPublicAccessBlock)
            new EbsSnapshotBlockPublicAccess(this, "snapshots", new EbsSnapshotBlockPublicAccessConfig { State = "block-all-sharing" })
                .Named(id);

        if (config.RequireImdsV2)
            new Ec2InstanceMetadataDefaults(this, "metadata", new Ec2InstanceMetadataDefaultsConfig { HttpTokens = "required" }).Named(id);

        SecureBucket? logs = config.CloudTrail || config.RecordsConfig
            ? new AccountLogs(this, "account-logs", new AccountLogsProps(
                props.Context, config.CloudTrail ? AccountTrail.ArnOf(props.Context) : null, config.RecordsConfig)).Bucket
            : null;
        if (config.CloudTrail)
            AccountTrail.Add(this, id, props.Context, logs!);
        ITerraformDependable? recording = config.RecordsConfig ? ConfigRecorder.Add(this, id, logs!) : null;
        if (config.SecurityHub.Count > 0)
            SecurityHub.Add(this, id, props.Context.Region, config.SecurityHub, recording);
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Which of the settings this project manages.</param>
internal sealed record AccountSecurityProps(DeploymentContext Context, AccountSecurityConfig Config);
