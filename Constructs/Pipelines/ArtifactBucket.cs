using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Storage;

namespace Infra.Constructs.Pipelines;

/// <summary>The bucket through which sources and results of a pipeline's runs go, readable by the environments that it deploys.</summary>
internal sealed class ArtifactBucket : Construct
{
    private readonly string _keyArn;

    public ArtifactBucket(Construct scope, string id, ArtifactBucketProps props) : base(scope, id)
    {
        _keyArn = props.Context.KeyArn ?? throw new ArgumentException("a pipeline's bucket needs a key that other accounts may use: set KeyArn", nameof(props));
        string name = props.Context.Names.Bucket(PipelineRoles.Artifacts);
        // Nothing in it is precious: a run makes it anew.
        var bucket = new SecureBucket(this, id, new SecureBucketProps(props.Context with { Disposable = true }, name)
        {
            ExpireAfterDays = props.KeepDays,
            NoncurrentDays = props.KeepDays,
            Statements =
            [
                .. props.Targets.Select(target => new Statement
                {
                    Sid = $"Reads{target.Names.Account}{LogicalIds.PartOf(target.Name).Replace("-", "", StringComparison.Ordinal)}",
                    Principal = Principal.AccountOf(target.DeployRoleArn),
                    Actions = ["s3:GetObject", "s3:GetObjectVersion"],
                    Resources = [$"arn:aws:s3:::{name}/*"],
                    Conditions = [Condition.IsRole(target.DeployRoleArn)],
                }),
            ],
        });
        Outputs = bucket.Outputs;
    }

    public BucketOutputs Outputs { get; }

    /// <summary>What a role of the pipeline needs to fetch and leave artifacts.</summary>
    public IReadOnlyList<Statement> Use =>
    [
        new Statement { Sid = "ArtifactBucket", Actions = ["s3:GetBucketLocation", "s3:ListBucket"], Resources = [Outputs.Arn] },
        new Statement { Sid = "Artifacts", Actions = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], Resources = [$"{Outputs.Arn}/*"] },
        new Statement { Sid = "ArtifactKey", Actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"], Resources = [_keyArn] },
    ];
}

/// <param name="Context">The pipeline's deployment; its key encrypts the bucket.</param>
/// <param name="KeepDays">Days that artifacts are kept.</param>
/// <param name="Targets">Environments whose deploying roles may read.</param>
internal sealed record ArtifactBucketProps(DeploymentContext Context, int KeepDays, IReadOnlyList<PipelineTarget> Targets);
