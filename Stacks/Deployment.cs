using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>What every stack of a deployment is made from.</summary>
/// <param name="Config">The whole environment; only stacks see it.</param>
/// <param name="Context">What constructs may know of it.</param>
/// <param name="Emulator">How the local AWS is reached; none means AWS.</param>
/// <param name="Sharing">This and the other environments of the project and account, in the order of their names.</param>
/// <param name="Promotes">Environments that its pipeline deploys, in this order.</param>
internal sealed record Deployment(
    EnvironmentConfig Config, DeploymentContext Context, EmulatorProfile? Emulator, IReadOnlyList<LoadedEnvironment> Sharing,
    IReadOnlyList<LoadedEnvironment> Promotes)
{
    /// <summary>Tags on every resource.</summary>
    public IReadOnlyDictionary<string, string> Tags => Naming.Tags.For(Context.Names, Config.Tags);

    /// <summary>The deployment that a request is for. What lives in an emulator's memory may be thrown away.</summary>
    public static Deployment Of(SynthesisRequest request)
    {
        EnvironmentConfig config = request.Environment.Config;
        var context = new DeploymentContext(
            request.Environment.Names,
            config.Region,
            config.Production,
            Disposable: config.Disposable || request.Emulator is not null);
        return new Deployment(config, context, request.Emulator, [.. request.Environment.Sharing.Append(request.Environment).OrderBy(e => e.Config.Name, StringComparer.Ordinal)],
            request.Environment.Promotes);
    }

    /// <summary>
    /// The same for what all environments of the account share: named and tagged after none of them, and never disposable, since
    /// it holds the state of all.
    /// </summary>
    public Deployment ForAccount() => this with
    {
        Config = Config with { Tags = new Dictionary<string, string>() },
        Context = Context with
        {
            Names = new Names(Context.Names.Project, "shared", Context.Account),
            Disposable = Emulator is not null,
        },
    };
}
