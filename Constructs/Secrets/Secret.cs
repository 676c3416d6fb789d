using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.SecretsmanagerSecret;
using HashiCorp.Cdktf.Providers.Aws.SecretsmanagerSecretVersion;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Secrets;

/// <summary>A secret in Secrets Manager, which can be restored for 30 days after it is deleted.</summary>
internal sealed class Secret : Construct
{
    public Secret(Construct scope, string id, SecretProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = context.Names.Secret(props.Name);
        var secret = new SecretsmanagerSecret(this, "secret", new SecretsmanagerSecretConfig
        {
            Name = name,
            Description = props.Description.Length > 0 ? TerraformText.Literal(props.Description) : null,
            KmsKeyId = context.KeyArn,
            RecoveryWindowInDays = context.Disposable ? 0 : 30,
            Lifecycle = context.PreventDestroy(),
        }).Named(id);
        Outputs = new SecretOutputs(name, secret.Arn);

        if (props.Value is { } value)
            new SecretsmanagerSecretVersion(this, "version", new SecretsmanagerSecretVersionConfig
            {
                SecretId = Outputs.Arn,
                SecretString = value.WriteVersion is null ? value.Text : null,
                SecretStringWo = value.WriteVersion is null ? null : value.Text,
                SecretStringWoVersion = value.WriteVersion,
                Lifecycle = value.ReplacedWith is { } trigger
                    ? new TerraformResourceLifecycle { ReplaceTriggeredBy = new[] { trigger } }
                    : null,
            }).Named($"{id}_version");
    }

    public SecretOutputs Outputs { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name below <c>{env}/{project}/</c>.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Value">Value that Terraform writes; none where the operator sets it.</param>
internal sealed record SecretProps(DeploymentContext Context, string Name, string Description, SecretValue? Value);

/// <summary>Value that Terraform writes into a secret.</summary>
/// <param name="Text">Text or expression.</param>
/// <param name="WriteVersion">
/// If set, the text is written once and again only when this number changes, and it is not in the state. If not set, the text is in the
/// state, and changes of the text are written.
/// </param>
/// <param name="ReplacedWith">Attribute, such as <c>aws_db_instance.database.address</c>; if it changes, the text is written again. None
/// for no such attribute.</param>
internal sealed record SecretValue(string Text, int? WriteVersion = null, string? ReplacedWith = null);

/// <summary>Attributes of a secret.</summary>
internal sealed record SecretOutputs(string Name, string Arn);
