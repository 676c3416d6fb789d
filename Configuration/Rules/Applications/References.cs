using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Applications;

internal static class References
{
    [Rule("applications/references",
        "Parameters, secrets and repositories that agents, services, sidecars, jobs and migrations name exist.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        string[] secrets = [.. config.Secrets.Keys, .. WrittenByPlatform.SecretsOf(config)];
        string[] parameters = [.. config.Parameters.Keys, .. config.SecureParameters.Keys, .. WrittenByPlatform.ParametersOf(config)];
        string[] repositories = [.. config.Repositories.Keys, .. config.Services.Keys, .. config.Agents.Keys];
        foreach (Application application in Application.Of(config))
        {
            string path = application.Path;
            foreach ((string below, IVariables variables) in application.Containers)
            {
                foreach ((string variable, string parameter) in variables.Parameters)
                    if (!parameters.Contains(parameter))
                        yield return Unknown(ConfigPath.Join($"{path}{below}.parameters", variable), parameter, "parameter", "parameters",
                            parameters, WrittenByPlatform.SectionOfParameter(parameter));
                foreach ((string variable, string secret) in variables.Secrets)
                    if (!secrets.Contains(secret))
                        yield return Unknown(ConfigPath.Join($"{path}{below}.secrets", variable), secret, "secret", "secrets", secrets,
                            WrittenByPlatform.SectionOfSecret(config, secret));
            }
            for (int i = 0; i < application.Uses.Secrets.Count; i++)
                if (!secrets.Contains(application.Uses.Secrets[i]))
                    yield return Unknown(ConfigPath.Item($"{path}.uses.secrets", i), application.Uses.Secrets[i], "secret", "secrets",
                        secrets, WrittenByPlatform.SectionOfSecret(config, application.Uses.Secrets[i]));
            if (!repositories.Contains(application.Repository))
                yield return Unknown($"{path}.repository", application.Repository, "repository", "repositories", repositories, null);
        }
    }

    private static RuleViolation Unknown(string path, string given, string kind, string section, string[] known, string? neededSection)
    {
        if (neededSection is not null)
            return new RuleViolation(
                path, $"{Scalars.Show(given)} is available only with {neededSection}; add that section", neededSection);
        return new RuleViolation(path, $"{Scalars.Show(given)} is not a {kind}{ClosestMatch.Known(given, known, section)}", section);
    }
}
