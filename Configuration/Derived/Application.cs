using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Derived;

/// <summary>An application with its own image and releases: a service or an agent.</summary>
/// <param name="Section">Section of the environment file.</param>
/// <param name="Name">Its name in that section.</param>
/// <param name="Repository">Repository of its image.</param>
/// <param name="Architecture">Processor architecture of the image.</param>
/// <param name="Uses">Resources that it uses.</param>
/// <param name="Containers">Everything in it that has environment variables, with its path below the application.</param>
public sealed record Application(
    string Section, string Name, string Repository, CpuArchitecture Architecture, UsesConfig Uses,
    IEnumerable<(string Path, IVariables Variables)> Containers)
{
    /// <summary>Section of agents.</summary>
    public const string Agents = "agents";

    /// <summary>Path in the environment file.</summary>
    public string Path => ConfigPath.Join(Section, Name);

    public bool IsAgent => Section == Agents;

    /// <summary><c>service</c> or <c>agent</c></summary>
    public string Kind => IsAgent ? "agent" : "service";

    /// <summary>All applications of an environment, services first, in the order of the file.</summary>
    public static IEnumerable<Application> Of(EnvironmentConfig config) =>
        config.Services.Select(
            s => new Application("services", s.Key, s.Value.Repository ?? s.Key, s.Value.Architecture, s.Value.Uses, s.Value.Containers))
            .Concat(config.Agents.Select(
                a => new Application(Agents, a.Key, a.Value.Repository ?? a.Key, AgentConfig.Architecture, a.Value.Uses, [("", a.Value)])));
}
