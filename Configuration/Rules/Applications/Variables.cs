using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Applications;

internal static class Variables
{
    [Rule("applications/variables", "An environment variable of a container has only one source.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach (Application application in Application.Of(config))
            foreach ((string below, IVariables container) in application.Containers)
            {
                string path = application.Path + below;
                var earlier = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach ((string section, IReadOnlyDictionary<string, string> variables) in new[]
                {
                    ("environment", container.Environment), ("parameters", container.Parameters), ("secrets", container.Secrets),
                })
                    foreach (string variable in variables.Keys)
                        if (!earlier.TryAdd(variable, section))
                            yield return new RuleViolation(
                                ConfigPath.Join($"{path}.{section}", variable), $"is given by {earlier[variable]} too; leave one out");
            }
    }
}
