using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>Environment variables of a container.</summary>
/// <param name="Plain">Values by name.</param>
/// <param name="References">ARNs of secrets and parameters by name; ECS resolves them.</param>
internal sealed record ContainerVariables(IReadOnlyDictionary<string, string> Plain, IReadOnlyDictionary<string, string> References);

/// <summary>Sources of the values of environment variables.</summary>
/// <param name="Context">The deployment, whose part of Parameter Store has the parameters.</param>
/// <param name="SecretArns">ARNs of secrets, by name.</param>
internal sealed record VariableSources(DeploymentContext Context, IReadOnlyDictionary<string, string> SecretArns)
{
    /// <summary>Variables of a container.</summary>
    /// <param name="own">Its settings from the environment file.</param>
    /// <param name="inherited">Another container whose variables it also gets, unless it defines the same name itself.</param>
    public ContainerVariables Of(IVariables own, IVariables? inherited = null)
    {
        var plain = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var references = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (IVariables from in inherited is null ? new[] { own } : [inherited, own])
        {
            foreach ((string variable, string value) in from.Environment)
                Set(plain, references, variable, value);
            foreach ((string variable, string secret) in from.Secrets)
                Set(references, plain, variable, SecretArns[secret]);
            foreach ((string variable, string parameter) in from.Parameters)
                Set(references, plain, variable, Context.Arn("ssm", $"parameter{Context.Names.Parameter(parameter)}"));
        }
        return new ContainerVariables(plain, references);
    }

    private static void Set(SortedDictionary<string, string> here, SortedDictionary<string, string> there, string variable, string value)
    {
        there.Remove(variable);
        here[variable] = value;
    }
}
