using Constructs;
using HashiCorp.Cdktf.Providers.Aws.KmsAlias;
using HashiCorp.Cdktf.Providers.Aws.KmsKey;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Encryption;

/// <summary>
/// The customer managed KMS key of an environment, used by all its resources that support one. It is rotated every year. If it is deleted,
/// nothing that it encrypted can be read any more.
/// </summary>
internal sealed class EnvironmentKey : Construct
{
    public EnvironmentKey(Construct scope, string id, EnvironmentKeyProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        Arn = new KmsKey(this, "key", new KmsKeyConfig
        {
            Description = $"Everything of {context.Names.Prefix} that is encrypted",
            EnableKeyRotation = true,
            DeletionWindowInDays = context.Disposable ? 7 : 30,
            Policy = new PolicyDocument(
            [
                KeyPolicy.Account(context),
                KeyPolicy.LogGroups(context),
                .. KeyPolicy.Publishers(context),
                KeyPolicy.Distributions(context),
                KeyPolicy.TaskStorage(context),
                KeyPolicy.TaskStorageGrant(context),
            ]).ToJson(),
            Lifecycle = context.PreventDestroy(),
        }).Named(id).Arn;
        new KmsAlias(this, "alias", new KmsAliasConfig
        {
            Name = $"alias/{context.Names.For(NameRule.KeyAlias, "")}",
            TargetKeyId = Arn,
        }).Named(id);
    }

    public string Arn { get; }
}

/// <param name="Context">The deployment.</param>
internal sealed record EnvironmentKeyProps(DeploymentContext Context);
