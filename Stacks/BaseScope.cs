using Constructs;
using HashiCorp.Cdktf.Providers.Aws.Provider;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Stacks;

/// <summary>Scope of the parts of the base stack: the stack itself, because a construct in between would change every address.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Context">The deployment, with the key of the environment.</param>
/// <param name="Config">The environment.</param>
internal sealed record BaseScope(AwsStack Stack, DeploymentContext Context, EnvironmentConfig Config)
{
    /// <summary>Scope of the constructs.</summary>
    public Construct Construct => Stack;

    public int LogRetentionDays => Config.Observability.LogRetentionDays;

    /// <inheritdoc cref="AwsStack.Global"/>
    public AwsProvider? Global => Stack.Global;

    /// <inheritdoc cref="AwsStack.Elsewhere"/>
    public AwsProvider? Elsewhere(string? region) => Stack.Elsewhere(region);

    /// <inheritdoc cref="AwsStack.Output"/>
    public void Output(string name, string description, object value) => Stack.Output(name, description, value);

    /// <summary>One value for each entry, created in the order of names, so that the order in the file does not change what is synthesized.</summary>
    public static IReadOnlyDictionary<string, TMade> Each<TConfig, TMade>(IReadOnlyDictionary<string, TConfig> configs, Func<string, TConfig, TMade> make)
    {
        var made = new SortedDictionary<string, TMade>(StringComparer.Ordinal);
        foreach ((string name, TConfig config) in configs.OrderBy(config => config.Key, StringComparer.Ordinal))
            made[name] = make(name, config);
        return made;
    }
}
