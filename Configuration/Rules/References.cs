using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>What a service names is there: parameters, secrets and its repository.</summary>
internal static class References
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        string[] secrets = [.. config.Secrets.Keys, .. WrittenByPlatform.SecretsOf(config)];
        string[] parameters = [.. config.Parameters.Keys, .. WrittenByPlatform.ParametersOf(config)];
        string[] repositories = [.. config.Repositories.Keys, .. config.Services.Keys];
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            foreach ((string variable, string parameter) in service.Parameters)
                if (!parameters.Contains(parameter))
                    yield return Unknown(ConfigPath.Join($"{path}.parameters", variable), parameter, "parameter", "parameters", parameters, WrittenByPlatform.SectionOfParameter(parameter));
            foreach ((string variable, string secret) in service.Secrets)
                if (!secrets.Contains(secret))
                    yield return Unknown(ConfigPath.Join($"{path}.secrets", variable), secret, "secret", "secrets", secrets, WrittenByPlatform.SectionOfSecret(secret));
            for (int i = 0; i < service.Uses.Secrets.Count; i++)
                if (!secrets.Contains(service.Uses.Secrets[i]))
                    yield return Unknown(ConfigPath.Item($"{path}.uses.secrets", i), service.Uses.Secrets[i], "secret", "secrets", secrets, WrittenByPlatform.SectionOfSecret(service.Uses.Secrets[i]));
            if (service.Repository is { } repository && !repositories.Contains(repository))
                yield return Unknown($"{path}.repository", repository, "repository", "repositories", repositories, null);
        }
    }

    private static Problem Unknown(string path, string given, string kind, string section, string[] known, string? neededSection)
    {
        if (neededSection is not null)
            return new Problem(path, $"{Scalars.Show(given)} is there only with {neededSection}; add that section", neededSection);
        return new Problem(path, $"{Scalars.Show(given)} is not a {kind}{Nearest.Known(given, known, section)}", section);
    }
}
