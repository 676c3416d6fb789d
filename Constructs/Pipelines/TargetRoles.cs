using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// The two roles that a pipeline of another account takes in an environment's account: one that deploys, for the one role there that
/// deploys this environment, and one that pushes images and can do nothing else, for the role that builds them.
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
            Policies = new Dictionary<string, PolicyDocument>(InfrastructureRoles.ApplyPolicies(context, props.Used, props.StateBucketArn, props.LockTableArn))
            {
                ["artifacts"] = new(Artifacts(props)),
            },
            // It makes roles, which the boundary forbids; those that it makes stay inside.
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

    // What a run has built; the key's id is not known here, its policy and S3 as the only way to it limit this.
    private static IEnumerable<Statement> Artifacts(TargetRolesProps props)
    {
        string bucket = PipelineRoles.ArtifactBucketArn(props.Pipeline);
        yield return new Statement { Sid = "ReadArtifacts", Actions = ["s3:GetObject", "s3:GetObjectVersion"], Resources = [$"{bucket}/*"] };
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
        // The one action of ECR that knows no resource.
        yield return new Statement { Sid = "Login", Actions = ["ecr:GetAuthorizationToken"], Resources = ["*"] };
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

/// <param name="Context">The environment that is deployed.</param>
/// <param name="Pipeline">Names of the environment whose pipeline deploys it.</param>
/// <param name="PipelineRegion">Region of the pipeline.</param>
/// <param name="StateBucketArn">Bucket of the environment's state.</param>
/// <param name="LockTableArn">Table of the locks.</param>
internal sealed record TargetRolesProps(DeploymentContext Context, Names Pipeline, string PipelineRegion, string StateBucketArn, string LockTableArn)
{
    /// <summary>What the target's base and runtime are made of.</summary>
    public required ResourcesInUse Used { get; init; }

    /// <summary>Policies for reading and changing that.</summary>
    public required DeploymentPolicies Policies { get; init; }
}
