using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Configuration;

/// <summary>What came of reading an environment file: an environment, or all that is wrong with it.</summary>
/// <param name="Environment">The environment; none where there are findings.</param>
/// <param name="Findings">Everything that is wrong, in the order of the file.</param>
public sealed record LoadResult(LoadedEnvironment? Environment, IReadOnlyList<Finding> Findings);

/// <summary>A checked environment and what follows from it.</summary>
/// <param name="File">File it was read from.</param>
/// <param name="Config">What it says.</param>
/// <param name="Names">Names of its resources.</param>
public sealed record LoadedEnvironment(string File, EnvironmentConfig Config, Names Names)
{
    /// <summary>
    /// Environments of the same project and account, from the files beside this one: what is made once per account serves them, too.
    /// </summary>
    public IReadOnlyList<LoadedEnvironment> Sharing { get; init; } = [];

    /// <summary>Environments that its pipeline deploys, in this order; none without a pipeline.</summary>
    public IReadOnlyList<LoadedEnvironment> Promotes { get; init; } = [];

    /// <summary>Environment whose pipeline deploys it; none where people or GitHub do.</summary>
    public LoadedEnvironment? DeployedFrom { get; init; }

    /// <summary>What is allowed, and still worth a word to whoever deploys it.</summary>
    public IReadOnlyList<Finding> Warnings { get; init; } = [];
}
