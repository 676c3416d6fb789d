using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Configuration;

/// <summary>The result of loading an environment file: an environment, or its findings.</summary>
/// <param name="Environment">The environment; none if there are findings.</param>
/// <param name="Findings">All findings, in the order of the file.</param>
public sealed record LoadResult(LoadedEnvironment? Environment, IReadOnlyList<Finding> Findings);

/// <summary>A checked environment and derived values.</summary>
/// <param name="File">Its file.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Names">Names of its resources.</param>
public sealed record LoadedEnvironment(string File, EnvironmentConfig Config, Names Names)
{
    /// <summary>
    /// Other environments of the same project and account, from the files in the same folder; they share the account's bootstrap resources.
    /// </summary>
    public IReadOnlyList<LoadedEnvironment> Sharing { get; init; } = [];

    /// <summary>Environments that its pipeline deploys, in this order; none without a pipeline.</summary>
    public IReadOnlyList<LoadedEnvironment> Promotes { get; init; } = [];

    /// <summary>Environment whose pipeline deploys it; none if it is deployed manually or by GitHub.</summary>
    public LoadedEnvironment? DeployedFrom { get; init; }

    /// <summary>Warnings: allowed, but worth a message to the user who deploys it.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];
}
