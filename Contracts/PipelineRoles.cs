using Infra.Naming;

namespace Infra.Contracts;

/// <summary>
/// Names of the roles in the pipeline's account and in the environments' accounts. Their policies name each other, so both are derived from
/// the names of the two environments, and neither must be created first.
/// </summary>
public static class PipelineRoles
{
    /// <summary>Purpose of the role, in the pipeline's account, that builds and pushes images.</summary>
    public const string Images = "images";

    /// <summary>Purpose of the role, in an environment's account, that deploys it.</summary>
    public const string TargetDeploy = "infra-deploy";

    /// <summary>Purpose of the role, in an environment's account, that pushes images.</summary>
    public const string TargetPush = "infra-push";

    /// <summary>Purpose of the role, in the pipeline's account, that deploys an environment.</summary>
    public static string Deploy(string environment) => $"deploy-{environment}";

    /// <summary>Purpose of the bucket of sources and artifacts.</summary>
    public const string Artifacts = "artifacts";

    /// <summary>ARN of the role with this purpose.</summary>
    public static string Arn(Names names, string purpose) => $"arn:aws:iam::{names.Account}:role/{names.For(NameRule.IamRole, purpose)}";

    /// <summary>ARN of the bucket of a pipeline's sources and artifacts.</summary>
    public static string ArtifactBucketArn(Names pipeline) => $"arn:aws:s3:::{pipeline.Bucket(Artifacts)}";
}
