using Constructs;
using HashiCorp.Cdktf.Providers.Aws.KmsAlias;
using HashiCorp.Cdktf.Providers.Aws.KmsKey;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Pipelines;

/// <summary>
/// The KMS key of everything that a pipeline stores or publishes. A customer managed key, because AWS managed keys cannot be used from
/// another account.
/// https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
/// </summary>
internal sealed class PipelineKey : Construct
{
    public PipelineKey(Construct scope, string id, PipelineKeyProps props) : base(scope, id)
    {
        KmsKey key = new KmsKey(this, "key", new KmsKeyConfig
        {
            Description = $"Sources, results, logs and notices of the pipeline of {props.Context.Names.Project}",
            EnableKeyRotation = true,
            DeletionWindowInDays = props.Context.Disposable ? 7 : 30,
            Policy = new PolicyDocument(Policy(props)).ToJson(),
        }).Named(id);
        Arn = key.Arn;
        new KmsAlias(this, "alias", new KmsAliasConfig
        {
            Name = $"alias/{props.Context.Names.For(NameRule.KeyAlias, "pipeline")}",
            TargetKeyId = Arn,
        }).Named(id);
    }

    public string Arn { get; }

    // In a key policy * means this key.
    private static IEnumerable<Statement> Policy(PipelineKeyProps props)
    {
        DeploymentContext context = props.Context;
        yield return KeyPolicy.Account(context);
        yield return KeyPolicy.LogGroups(context);
        foreach (PipelineTarget target in props.Targets)
            yield return new Statement
            {
                Sid = $"Reads{LettersOf(target.Name)}",
                Principal = Principal.AccountOf(target.DeployRoleArn),
                Actions = ["kms:Decrypt", "kms:DescribeKey"],
                Resources = ["*"],
                Conditions = [Condition.IsRole(target.DeployRoleArn)],
            };
        foreach (Statement statement in KeyPolicy.Publishers(context))
            yield return statement;
    }

    // A Sid can contain only letters and digits; names can also differ in their hyphens.
    private static string LettersOf(string name) => $"{name.Replace("-", "", StringComparison.Ordinal)}{StableName.Hash(name)}";
}

/// <param name="Context">The pipeline's deployment.</param>
/// <param name="Targets">Environments whose deployment roles decrypt with it.</param>
internal sealed record PipelineKeyProps(DeploymentContext Context, IReadOnlyList<PipelineTarget> Targets);
