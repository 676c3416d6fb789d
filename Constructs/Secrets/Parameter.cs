using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SsmParameter;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Secrets;

/// <summary>A plain-text value in Parameter Store that services read at start.</summary>
internal sealed class Parameter : Construct
{
    public Parameter(Construct scope, string id, ParameterProps props) : base(scope, id)
    {
        string name = props.Context.Names.Parameter(props.Name);
        new SsmParameter(this, "parameter", new SsmParameterConfig
        {
            Name = name,
            Description = props.Description,
            Type = "String",
            // A plan shows this argument: values that are not secret can be reviewed.
            InsecureValue = props.Value,
        }).Named(id);
        Outputs = new ParameterOutputs(name, props.Context.Arn("ssm", $"parameter{name}"));
    }

    public ParameterOutputs Outputs { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name below <c>/{env}/{project}/</c>.</param>
/// <param name="Value">Its value; a secret belongs in Secrets Manager, or is a <see cref="SecureParameter"/>.</param>
internal sealed record ParameterProps(DeploymentContext Context, string Name, string Value)
{
    /// <summary>What it is for.</summary>
    public string? Description { get; init; }
}

/// <summary>Attributes of a parameter.</summary>
internal sealed record ParameterOutputs(string Name, string Arn);
