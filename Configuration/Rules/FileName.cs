using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>
/// The environment is called as its file is. A copied file whose name was not changed would otherwise write into the state of
/// the environment it was copied from.
/// </summary>
internal static class FileName
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config, string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (config.Name != name)
            yield return new RuleViolation("name", $"\"{config.Name}\" is not the name of the file; write \"{name}\", or call the file {config.Name}.json");
    }
}
