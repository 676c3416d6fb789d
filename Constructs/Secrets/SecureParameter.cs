using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SsmParameter;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Secrets;

/// <summary>
/// A SecureString in Parameter Store whose value Terraform writes once, when it creates it, and neither reads nor stores: a value that the
/// operator sets later is not overwritten.
/// </summary>
internal sealed class SecureParameter : Construct
{
    /// <summary>Value until the operator sets one; Parameter Store does not allow empty values.</summary>
    public const string Unset = "unset";

    public SecureParameter(Construct scope, string id, SecureParameterProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        SecureParameterConfig config = props.Config;
        new SsmParameter(this, "parameter", new SsmParameterConfig
        {
            Name = context.Names.Parameter(props.Name),
            Description = config.Description.Length > 0 ? TerraformText.Literal(config.Description) : null,
            Type = "SecureString",
            KeyId = context.KeyArn,
            ValueWo = config.Generate ? EphemeralRandom.Add(this, id, config.Length) : Unset,
            ValueWoVersion = 1,
            Lifecycle = context.PreventDestroy(),
        }).Named(id);
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name below <c>/{env}/{project}/</c>.</param>
/// <param name="Config">Its settings from the environment file.</param>
internal sealed record SecureParameterProps(DeploymentContext Context, string Name, SecureParameterConfig Config);
