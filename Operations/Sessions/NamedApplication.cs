using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Sessions;

/// <summary>Finds the services and agents that a command line names.</summary>
internal static class NamedApplication
{
    /// <summary>A service or agent of an environment.</summary>
    /// <exception cref="OperationException">The environment does not have it.</exception>
    public static Application Find(EnvironmentConfig config, string name)
    {
        Application[] all = [.. Application.Of(config)];
        return all.FirstOrDefault(application => application.Name == name)
            ?? throw OperationException.BadInput($"{config.Name} has no service {name}",
                $"available: {string.Join(", ", all.Select(application => application.Name).Order(StringComparer.Ordinal))}");
    }

    /// <summary>Services and agents in the order of the environment file; all if none is named.</summary>
    /// <exception cref="OperationException">The environment does not have one of them.</exception>
    public static IReadOnlyList<Application> FindAll(EnvironmentConfig config, IReadOnlyCollection<string> names)
    {
        string[] found = [.. names.Select(name => Find(config, name).Name)];
        return [.. Application.Of(config).Where(application => found.Length == 0 || found.Contains(application.Name))];
    }
}
