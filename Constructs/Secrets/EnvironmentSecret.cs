using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Secrets;

/// <summary>A secret of an environment file: with a random initial value, or empty until the operator sets it.</summary>
internal sealed class EnvironmentSecret : Construct
{
    public EnvironmentSecret(Construct scope, string id, EnvironmentSecretProps props) : base(scope, id)
    {
        SecretValue? value = props.Config.Generate
            ? new SecretValue(EphemeralRandom.Add(this, id, props.Config.Length), WriteVersion: 1)
            : null;
        Outputs = new Secret(this, id, new SecretProps(props.Context, props.Name, props.Config.Description, value)).Outputs;
    }

    public SecretOutputs Outputs { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name in the environment file: <c>jwt-secret-key</c>.</param>
/// <param name="Config">Its settings from the environment file.</param>
internal sealed record EnvironmentSecretProps(DeploymentContext Context, string Name, SecretConfig Config);
