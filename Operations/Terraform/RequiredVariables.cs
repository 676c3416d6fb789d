using Infra.Operations.Output;
using Infra.Operations.Processes;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>Variables that a stack declares without a default: values that must not be in a file, such as Google's client secret.</summary>
internal static class RequiredVariables
{
    /// <summary>Prefix of the environment variables from which Terraform reads variables.</summary>
    public const string Prefix = "TF_VAR_";

    /// <summary>Names of a stack's variables that have no default, in order.</summary>
    public static IReadOnlyList<RequiredVariable> Of(JObject stack) => ((stack["variable"] as JObject)?.Properties() ?? [])
        .Where(property => property.Value is JObject variable && variable["default"] is null)
        .Select(property => new RequiredVariable(
            property.Name,
            property.Value.Value<string?>("description") ?? "",
            property.Value.Value<bool?>("sensitive") ?? false))
        .OrderBy(variable => variable.Name, StringComparer.Ordinal)
        .ToArray();

    /// <summary>Those of a stack that are not set in the environment.</summary>
    public static IReadOnlyList<RequiredVariable> Unset(JObject stack, EnvironmentVariables environment) =>
        Of(stack).Where(variable => environment[Prefix + variable.Name] is null).ToArray();

    /// <summary>The error for missing variables: all at once, each with a command to set it.</summary>
    public static OperationException Missing(string stack, IReadOnlyCollection<RequiredVariable> missing) => OperationException.BadInput(
        $"stack {stack} needs {missing.Count} {(missing.Count == 1 ? "value" : "values")} that are not set",
        string.Join('\n', missing.Select(variable =>
            $"export {Prefix}{variable.Name}=…{(variable.Description.Length > 0 ? $"   # {variable.Description}" : "")}")));
}

/// <param name="Name">Name in Terraform.</param>
/// <param name="Description">Description; may be empty.</param>
/// <param name="Sensitive">Whether it must not be shown.</param>
internal sealed record RequiredVariable(string Name, string Description, bool Sensitive);
