using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>An environment variable of a service has one source.</summary>
internal static class Variables
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            var earlier = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach ((string section, IReadOnlyDictionary<string, string> variables) in new[]
            {
                ("environment", service.Environment), ("parameters", service.Parameters), ("secrets", service.Secrets),
            })
                foreach (string variable in variables.Keys)
                    if (!earlier.TryAdd(variable, section))
                        yield return new Problem(ConfigPath.Join($"{path}.{section}", variable), $"is given by {earlier[variable]} too; leave one out");
        }
    }
}
