using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.ConfigConfigurationRecorder;
using HashiCorp.Cdktf.Providers.Aws.ConfigConfigurationRecorderStatus;
using HashiCorp.Cdktf.Providers.Aws.ConfigDeliveryChannel;
using HashiCorp.Cdktf.Providers.Aws.IamServiceLinkedRole;
using Infra.Constructs.Foundation;
using Infra.Constructs.Storage;

namespace Infra.Constructs.Account;

/// <summary>The AWS Config recorder of the Region. Most Security Hub controls depend on the resources it records.</summary>
/// <remarks>
/// It uses the service-linked role, because Security Hub's control Config.1 fails with any other role. An account has one recorder per
/// Region. https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html
/// </remarks>
internal static class ConfigRecorder
{
    private const string Name = "default";

    /// <returns>The resource that everything that depends on recording waits for.</returns>
    public static ITerraformDependable Add(Construct scope, string logicalId, SecureBucket logs)
    {
        IamServiceLinkedRole role = new IamServiceLinkedRole(scope, "config-role", new IamServiceLinkedRoleConfig
        {
            AwsServiceName = "config.amazonaws.com",
        }).Named($"{logicalId}_config");
        ConfigConfigurationRecorder recorder = new ConfigConfigurationRecorder(scope, "recorder", new ConfigConfigurationRecorderConfig
        {
            Name = Name,
            RoleArn = role.Arn,
            RecordingGroup = new ConfigConfigurationRecorderRecordingGroup { AllSupported = true, IncludeGlobalResourceTypes = true },
        }).Named(logicalId);
        ConfigDeliveryChannel channel = new ConfigDeliveryChannel(scope, "channel", new ConfigDeliveryChannelConfig
        {
            Name = Name,
            S3BucketName = logs.Outputs.Name,
            DependsOn = [recorder, logs.Policy],
        }).Named(logicalId);
        return new ConfigConfigurationRecorderStatus(scope, "recording", new ConfigConfigurationRecorderStatusConfig
        {
            Name = recorder.Name,
            IsEnabled = true,
            DependsOn = [channel],
        }).Named(logicalId);
    }
}
