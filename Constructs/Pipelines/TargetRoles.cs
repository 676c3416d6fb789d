using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// The two roles in an environment's account that a pipeline of another account assumes: one that deploys, for the role in the pipeline's
/// account that deploys this environment, and one that can only push images, for the role that builds them.
/// </summary>
internal sealed class TargetRoles : Construct
{
    public TargetRoles(Construct scope, string id, TargetRolesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string environment = context.Names.Environment;
        var deploy = new Role(this, $"{id}-deploy", new RoleProps(
            context, PipelineRoles.TargetDeploy, Trust.Roles(PipelineRoles.Arn(props.Pipeline, PipelineRoles.Deploy(environment))))
        {
            Description = $"The pipeline of {props.Pipeline.Account} deploys {environment}.",
            Policies = new Dictionary<string, PolicyDocument>(
                InfrastructureRoles.ApplyPolicies(
                    context, props.Used, props.StateBucketArn, props.LockTableArn, props.SmokeBuckets))
            {
                ["artifacts"] = new(Artifacts(props)),
            },
            // It creates roles, which the boundary forbids; the roles that it creates have the boundary.
            Bounded = false,
        });
        props.Policies.LetChange(this, $"{id}-deploy", deploy.IamRole.Name);
        DeployRoleArn = deploy.Outputs.Arn;

        PushRoleArn = new Role(this, $"{id}-push", new RoleProps(
            context, PipelineRoles.TargetPush, Trust.Roles(PipelineRoles.Arn(props.Pipeline, PipelineRoles.Images)))
        {
            Description = $"The pipeline of {props.Pipeline.Account} pushes images of {environment}.",
            Policies = new Dictionary<string, PolicyDocument> { ["push"] = new(Push(context)) },
        }).Outputs.Arn;
    }

    public string DeployRoleArn { get; }

    public string PushRoleArn { get; }

    // Artifacts of an execution. The key's id is not known here; its policy and the condition on S3 limit this.
    private static IEnumerable<Statement> Artifacts(TargetRolesProps props)
    {
        string bucket = PipelineRoles.ArtifactBucketArn(props.Pipeline);
        yield return Allow.ReadObjects("ReadArtifacts", $"{bucket}/*");
        yield return new Statement
        {
            Sid = "DecryptArtifacts",
            Actions = ["kms:Decrypt"],
            Resources = [$"arn:aws:kms:{props.PipelineRegion}:{props.Pipeline.Account}:key/*"],
            Conditions = [new Condition("StringEquals", "kms:ViaService", $"s3.{props.PipelineRegion}.amazonaws.com")],
        };
    }

    private static IEnumerable<Statement> Push(DeploymentContext context)
    {
        yield return Allow.RegistryLogin;
        yield return new Statement
        {
            Sid = "Push",
            Actions =
            [
                "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer",
                "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
            ],
            Resources = [context.Arn("ecr", $"repository/{context.Names.Repository("*")}")],
        };
    }
}

internal sealed record TargetRolesProps
{
    /// <summary>The environment that is deployed.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Names of the environment whose pipeline deploys it.</summary>
    public required Names Pipeline { get; init; }

    /// <summary>Region of the pipeline.</summary>
    public required string PipelineRegion { get; init; }

    /// <summary>Bucket of the environment's state.</summary>
    public required string StateBucketArn { get; init; }

    /// <summary>Table of the locks.</summary>
    public required string LockTableArn { get; init; }

    /// <summary>Resource types of the target's base and runtime.</summary>
    public required ResourcesInUse Used { get; init; }

    /// <summary>Purposes of buckets in which smoke tests write objects.</summary>
    public IReadOnlyList<string> SmokeBuckets { get; init; } = [];

    /// <summary>Policies to read and change these resources.</summary>
    public required DeploymentPolicies Policies { get; init; }
}
