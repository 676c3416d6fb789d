using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>Input of every stack of a deployment.</summary>
/// <param name="Config">The environment's whole configuration; only stacks use it.</param>
/// <param name="Context">Properties that constructs can use.</param>
/// <param name="Emulator">Connection to the local AWS; none means AWS.</param>
/// <param name="Sharing">This and the other environments of the project and account, sorted by name.</param>
/// <param name="Promotes">Environments that its pipeline deploys, in this order.</param>
internal sealed record Deployment(
    EnvironmentConfig Config, DeploymentContext Context, EmulatorProfile? Emulator, IReadOnlyList<LoadedEnvironment> Sharing,
    IReadOnlyList<LoadedEnvironment> Promotes)
{
    /// <summary>Tags on every resource.</summary>
    public IReadOnlyDictionary<string, string> Tags => Naming.Tags.For(Context.Names, Config.Tags);

    /// <summary>The deployment of a request. Data in an emulator's memory counts as disposable, unless its protection is tried.</summary>
    public static Deployment Of(SynthesisRequest request)
    {
        EnvironmentConfig config = request.Environment.Config;
        var context = new DeploymentContext(
            request.Environment.Names,
            config.Region,
            config.Production,
            Disposable: config.Disposable || request.Emulator is { Protected: false });
        return new Deployment(config, context, request.Emulator,
            [.. request.Environment.Sharing.Append(request.Environment).OrderBy(e => e.Config.Name, StringComparer.Ordinal)],
            request.Environment.Promotes);
    }

    /// <summary>
    /// The same for resources that all environments of the account share: without the name and tags of one environment, and never
    /// disposable, because they hold the state of all.
    /// </summary>
    public Deployment ForAccount() => this with
    {
        Config = Config with { Tags = CommonTags },
        Context = Context with
        {
            Names = new Names(Context.Names.Project, "shared", Context.Account, region: Context.Region),
            Disposable = Emulator is not null,
        },
    };

    // What manages resources is one value for all environments, or the default.
    private Dictionary<string, string> CommonTags =>
        Sharing.Select(environment => environment.Config.Tags.GetValueOrDefault(Naming.Tags.ManagedByKey)).Distinct().ToArray()
            is [{ } managedBy]
            ? new Dictionary<string, string> { [Naming.Tags.ManagedByKey] = managedBy }
            : [];
}
