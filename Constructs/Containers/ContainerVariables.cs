using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>Environment variables of a container.</summary>
/// <param name="Plain">Values by name.</param>
/// <param name="References">ARNs of secrets and parameters by name; ECS fills them in.</param>
internal sealed record ContainerVariables(IReadOnlyDictionary<string, string> Plain, IReadOnlyDictionary<string, string> References);

/// <summary>Where the values of environment variables come from.</summary>
/// <param name="Context">The deployment, in whose tree of Parameter Store parameters lie.</param>
/// <param name="SecretArns">ARNs of secrets, by name.</param>
internal sealed record VariableSources(DeploymentContext Context, IReadOnlyDictionary<string, string> SecretArns)
{
    /// <summary>Variables of a container.</summary>
    /// <param name="own">What the environment file says of it.</param>
    /// <param name="inherited">Variables of another container that it has, too, unless it has its own of the same name.</param>
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
