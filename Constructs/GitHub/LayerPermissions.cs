using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Permissions to publish layers, and nothing else: versions of the layers of this environment, their artifacts in the code bucket, their
/// entries in the release ledger, and the lock that allows one publication at a time. Only in the environment's Region, and only for
/// callers of its account.
/// </summary>
internal static class LayerPermissions
{
    public static IEnumerable<Statement> Of(DeploymentContext context, DeliveredLayers layers)
    {
        Condition[] here =
        [
            new("StringEquals", "aws:RequestedRegion", context.Region),
            new("StringEquals", "aws:PrincipalAccount", context.Account),
        ];
        string[] names = [.. layers.Names.Select(name => context.Arn("lambda", $"layer:{name}"))];
        yield return new Statement { Sid = "LayerPublish", Actions = ["lambda:PublishLayerVersion"], Resources = names, Conditions = here };
        yield return new Statement
        {
            Sid = "LayerVersions",
            Actions =
            [
                "lambda:AddLayerVersionPermission", "lambda:DeleteLayerVersion", "lambda:GetLayerVersion", "lambda:GetLayerVersionPolicy",
                "lambda:RemoveLayerVersionPermission",
            ],
            Resources = [.. names.Select(name => $"{name}:*")],
            Conditions = here,
        };
        // No resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
        yield return new Statement { Sid = "LayerList", Actions = ["lambda:ListLayerVersions"], Resources = ["*"], Conditions = here };
        // The bucket may be shared with other teams: neither their objects nor their keys.
        yield return new Statement
        {
            Sid = "CodeList",
            Actions = ["s3:ListBucket"],
            Resources = [layers.CodeBucketArn],
            Conditions = [.. here, new Condition("StringLike", "s3:prefix", $"{context.Names.CodePrefix}/*")],
        };
        yield return new Statement
        {
            Sid = "Code",
            Actions = ["s3:GetObject", "s3:PutObject"],
            Resources = [$"{layers.CodeBucketArn}/{context.Names.CodePrefix}/*"],
            Conditions = here,
        };
        yield return new Statement
        {
            Sid = "LayerLedger",
            Actions = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"],
            Resources = [.. layers.LedgerParameters.Select(parameter => context.Arn("ssm", $"parameter{parameter}"))],
            Conditions = here,
        };
        yield return new Statement
        {
            Sid = "LayerLock",
            Actions = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"],
            Resources = [layers.LockTableArn],
            // Only this item of the table, which also has the locks of the states.
            Conditions = [.. here, new Condition("ForAllValues:StringEquals", "dynamodb:LeadingKeys", layers.LockId)],
        };
    }
}

/// <summary>Layers that workflows publish.</summary>
/// <param name="Names">Their names in AWS.</param>
/// <param name="CodeBucketArn">Bucket of their artifacts.</param>
/// <param name="LedgerParameters">Their entries in the release ledger.</param>
/// <param name="LockTableArn">Table of locks.</param>
/// <param name="LockId">Id of the lock that allows one publication at a time.</param>
internal sealed record DeliveredLayers(
    IReadOnlyList<string> Names, string CodeBucketArn, IReadOnlyList<string> LedgerParameters, string LockTableArn, string LockId);
