using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SsmParameter;
using Infra.Constructs.Foundation;
using Infra.Contracts;

namespace Infra.Constructs.Secrets;

/// <summary>
/// The last release: the image that a service runs, or the version of a layer. Terraform creates the parameter; releases write it, and a
/// rollback reads its history.
/// </summary>
internal sealed class ReleaseLedgerEntry : Construct
{
    public ReleaseLedgerEntry(Construct scope, string id, ReleaseLedgerEntryProps props) : base(scope, id)
    {
        string name = props.ParameterName;
        new SsmParameter(this, "parameter", new SsmParameterConfig
        {
            Name = name,
            Description = $"{props.What}; written by releases, not by Terraform.",
            Type = "String",
            InsecureValue = ReleaseParameter.NothingReleased,
            Lifecycle = props.Context.PreventDestroy("insecure_value"),
        }).Named(id);
        Outputs = new ParameterOutputs(name, props.Context.Arn("ssm", $"parameter{name}"));
    }

    public ParameterOutputs Outputs { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="ParameterName">The parameter: <c>/poc/tap/releases/backend</c>.</param>
/// <param name="What">Description of its value.</param>
internal sealed record ReleaseLedgerEntryProps(DeploymentContext Context, string ParameterName, string What);
