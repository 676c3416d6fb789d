using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>
/// The environment's name must be the name of its file. Otherwise a copied file whose name was not changed would use the state of the
/// original environment.
/// </summary>
internal static class FileName
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config, string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (config.Name != name)
            yield return new RuleViolation(
                "name", $"\"{config.Name}\" is not the name of the file; write \"{name}\", or call the file {config.Name}.json");
    }
}
