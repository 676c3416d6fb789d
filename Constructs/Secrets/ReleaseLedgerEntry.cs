using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SsmParameter;
using Infra.Constructs.Foundation;
using Infra.Contracts;

namespace Infra.Constructs.Secrets;

/// <summary>
/// What was released last: the image that a service runs, the version of a layer to use. Terraform makes the parameter; releases
/// write it, and its history is what a rollback reads.
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

/// <param name="Context">Deployment it is part of.</param>
/// <param name="ParameterName">The parameter: <c>/poc/tap/releases/backend</c>.</param>
/// <param name="What">What it holds, in words.</param>
internal sealed record ReleaseLedgerEntryProps(DeploymentContext Context, string ParameterName, string What);
