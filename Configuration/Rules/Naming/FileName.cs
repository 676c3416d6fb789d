using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Naming;

/// <summary>Compares the name with the file's: a copied file with its old name would use the state of the original environment.</summary>
internal static class FileName
{
    [Rule("naming/file-name", "The environment's name is the name of its file.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config, EnvironmentFolder folder)
    {
        string name = Path.GetFileNameWithoutExtension(folder.File);
        if (config.Name != name)
            yield return new RuleViolation(
                "name", $"\"{config.Name}\" is not the name of the file; write \"{name}\", or call the file {config.Name}.json");
    }
}
