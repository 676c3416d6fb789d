using Constructs;
using HashiCorp.Cdktf.Providers.Aws.GuarddutyDetector;
using HashiCorp.Cdktf.Providers.Aws.GuarddutyDetectorFeature;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Account;

/// <summary>GuardDuty in the account and Region, optionally with Runtime Monitoring of Fargate tasks.</summary>
/// <remarks>
/// GuardDuty adds its agent as a container to each new task, and a VPC endpoint and a security group to the VPC of the cluster. Terraform
/// does not manage these.
/// https://docs.aws.amazon.com/guardduty/latest/ug/how-runtime-monitoring-works-ecs-fargate.html
/// </remarks>
internal static class ThreatDetection
{
    private const string Enabled = "ENABLED";

    private const string Disabled = "DISABLED";

    /// <param name="scope">Parent construct.</param>
    /// <param name="logicalId">Logical id of the detector and the feature.</param>
    /// <param name="monitorTasks">Whether Runtime Monitoring is on, for Fargate tasks only.</param>
    public static void Add(Construct scope, string logicalId, bool monitorTasks)
    {
        GuarddutyDetector detector = new GuarddutyDetector(scope, "detector", new GuarddutyDetectorConfig
        {
            Enable = true,
            FindingPublishingFrequency = "FIFTEEN_MINUTES",
        }).Named(logicalId);
        if (monitorTasks)
            new GuarddutyDetectorFeature(scope, "runtime", new GuarddutyDetectorFeatureConfig
            {
                DetectorId = detector.Id,
                Name = "RUNTIME_MONITORING",
                Status = Enabled,
                // All three, because GuardDuty returns all three, and Terraform compares them in the order of the response.
                AdditionalConfiguration = new[]
                {
                    Agent("EKS_ADDON_MANAGEMENT", Disabled), Agent("ECS_FARGATE_AGENT_MANAGEMENT", Enabled),
                    Agent("EC2_AGENT_MANAGEMENT", Disabled),
                },
            }).Named(logicalId);
    }

    private static GuarddutyDetectorFeatureAdditionalConfiguration Agent(string name, string status) =>
        new() { Name = name, Status = status };
}
