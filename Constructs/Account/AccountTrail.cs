using Constructs;
using HashiCorp.Cdktf.Providers.Aws.Cloudtrail;
using Infra.Constructs.Foundation;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Constructs.Account;

/// <summary>A trail of the management events of all Regions: who changed what in the account.</summary>
/// <remarks>
/// The first copy of management events is free; further copies are charged per event. https://aws.amazon.com/cloudtrail/pricing/
/// </remarks>
internal static class AccountTrail
{
    public static void Add(Construct scope, string logicalId, DeploymentContext context, SecureBucket logs) =>
        new Cloudtrail(scope, "trail", new CloudtrailConfig
        {
            Name = NameOf(context),
            S3BucketName = logs.Outputs.Name,
            IsMultiRegionTrail = true,
            IncludeGlobalServiceEvents = true,
            EnableLogFileValidation = true,
            // CloudTrail checks that it can write to the bucket before it creates the trail.
            DependsOn = [logs.Policy],
        }).Named(logicalId);

    /// <summary>ARN of the trail. The bucket policy names it before the trail exists.</summary>
    public static string ArnOf(DeploymentContext context) => context.Arn("cloudtrail", $"trail/{NameOf(context)}");

    private static string NameOf(DeploymentContext context) => context.Names.For(NameRule.Trail, "management-events");
}
