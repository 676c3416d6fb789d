using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Operations;

namespace Infra.Stacks;

/// <summary>What every stack of a deployment is made from.</summary>
/// <param name="Config">The whole environment; only stacks see it.</param>
/// <param name="Context">What constructs may know of it.</param>
/// <param name="Emulator">How the local AWS is reached; none means AWS.</param>
internal sealed record Deployment(EnvironmentConfig Config, DeploymentContext Context, EmulatorProfile? Emulator)
{
    /// <summary>Tags on every resource.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; } = Naming.Tags.For(Context.Names, Config.Tags);

    /// <summary>The deployment that a request is for. What lives in an emulator's memory may be thrown away.</summary>
    public static Deployment Of(SynthesisRequest request)
    {
        EnvironmentConfig config = request.Environment.Config;
        var context = new DeploymentContext(
            request.Environment.Names,
            config.Region,
            config.Production,
            Disposable: config.Disposable || request.Emulator is not null);
        return new Deployment(config, context, request.Emulator);
    }
}
