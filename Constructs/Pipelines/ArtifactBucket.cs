using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Storage;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.Pipelines;

/// <summary>The bucket for sources and artifacts of pipeline executions; the environments that the pipeline deploys can read it.</summary>
internal sealed class ArtifactBucket : Construct
{
    private readonly string _keyArn;

    public ArtifactBucket(Construct scope, string id, ArtifactBucketProps props) : base(scope, id)
    {
        _keyArn = props.Context.KeyArn
            ?? throw new ArgumentException("a pipeline's bucket needs a key that other accounts may use: set KeyArn", nameof(props));
        string name = props.Context.Names.Bucket(PipelineRoles.Artifacts);
        // Its contents can be lost: an execution creates them again.
        var bucket = new SecureBucket(this, id, new SecureBucketProps(props.Context with { Disposable = true }, name)
        {
            ExpireAfterDays = props.KeepDays,
            NoncurrentDays = props.KeepDays,
            Statements =
            [
                .. props.Targets.Select(target => new Statement
                {
                    Sid = $"Reads{target.Names.Account}{AddressPart.Of(target.Name).Replace("-", "", StringComparison.Ordinal)}",
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

    /// <summary>
    /// Permissions of the pipeline's role. https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
    /// </summary>
    public IReadOnlyList<Statement> ForPipeline =>
    [
        new Statement
        {
            Sid = "ArtifactBucket",
            Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
            Resources = [Outputs.Arn],
        },
        new Statement
        {
            Sid = "Artifacts",
            Actions = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl"],
            Resources = [$"{Outputs.Arn}/*"],
        },
        Key,
    ];

    private Statement Key => new()
    {
        Sid = "ArtifactKey",
        Actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resources = [_keyArn],
    };

    /// <summary>
    /// Permissions of a build's role: it reads the input artifacts of its actions and writes their output artifacts. A build of one
    /// environment that could write the input of another environment's build could decide what runs there, after the approval of something
    /// else. https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
    /// </summary>
    /// <param name="inputs">Artifacts that it reads.</param>
    /// <param name="outputs">Artifacts that it writes.</param>
    public IReadOnlyList<Statement> ForBuild(IReadOnlyCollection<string> inputs, IReadOnlyCollection<string> outputs) =>
    [
        new Statement
        {
            Sid = "ArtifactBucket",
            Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
            Resources = [Outputs.Arn],
        },
        Allow.ReadObjects("ReadArtifacts", Below(inputs)),
        .. outputs.Count > 0
            ? [new Statement { Sid = "WriteArtifacts", Actions = ["s3:PutObject"], Resources = Below(outputs) }]
            : Array.Empty<Statement>(),
        Key,
    ];

    // CodePipeline stores an artifact below a folder with the pipeline's name, which it truncates, and a folder with the artifact's name.
    private string[] Below(IReadOnlyCollection<string> artifacts) =>
        [.. artifacts.Order(StringComparer.Ordinal).Select(artifact => $"{Outputs.Arn}/*/{artifact}/*")];
}

/// <param name="Context">The pipeline's deployment; its key encrypts the bucket.</param>
/// <param name="KeepDays">Days that artifacts are kept.</param>
/// <param name="Targets">Environments whose deployment roles may read.</param>
internal sealed record ArtifactBucketProps(DeploymentContext Context, int KeepDays, IReadOnlyList<PipelineTarget> Targets);
