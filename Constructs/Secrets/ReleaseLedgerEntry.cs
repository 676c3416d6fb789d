using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SsmParameter;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Secrets;

/// <summary>The image that a service runs. Terraform makes the parameter; releases write it, and its history is what a rollback reads.</summary>
internal sealed class ReleaseLedgerEntry : Construct
{
    /// <summary>What stands there before the first release.</summary>
    public const string NothingReleased = "none";

    public ReleaseLedgerEntry(Construct scope, string id, ReleaseLedgerEntryProps props) : base(scope, id)
    {
        string name = props.Context.Names.Release(props.Service);
        new SsmParameter(this, "parameter", new SsmParameterConfig
        {
            Name = name,
            Description = $"Image that {props.Service} runs; written by releases, not by Terraform.",
            Type = "String",
            InsecureValue = NothingReleased,
            Lifecycle = props.Context.Precious("insecure_value"),
        }).Named(id);
        Outputs = new ParameterOutputs(name, props.Context.Arn("ssm", $"parameter{name}"));
    }

    public ParameterOutputs Outputs { get; }
}

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Service">Service whose image it is.</param>
internal sealed record ReleaseLedgerEntryProps(DeploymentContext Context, string Service);
