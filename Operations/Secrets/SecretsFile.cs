using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Secrets;

/// <summary>
/// Reads <c>environments/secrets.{env}.json</c>: values of secrets by name, on the user's machine, ignored by git and readable only by its
/// owner. An example without values is committed: <c>environments/secrets.example.json</c>.
/// </summary>
internal static class SecretsFile
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Absolute path of an environment's file.</summary>
    public static string PathOf(Checkout checkout, string environment) =>
        Path.Combine(checkout.Root, "environments", $"secrets.{environment}.json");

    /// <summary>Reads the values and masks them in all output; empty if there is no file.</summary>
    /// <param name="checkout">Checkout.</param>
    /// <param name="environment">Environment.</param>
    /// <param name="known">Names of the secrets whose values are set by the operator.</param>
    /// <param name="redactor">Masks the values.</param>
    /// <exception cref="OperationException">
    /// Other users can read it, it is not a JSON object of strings, or it contains an unknown secret.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Read(
        Checkout checkout, string environment, IReadOnlyCollection<string> known, Redactor redactor)
    {
        string file = PathOf(checkout, environment);
        if (!File.Exists(file))
            return new Dictionary<string, string>();
        string shown = checkout.Show(file);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OfOthers) != 0)
            throw OperationException.BadInput($"{shown} can be read by other users", $"chmod 600 {shown}");

        Dictionary<string, string> values = Parse(file, shown).Properties().ToDictionary(
            property => property.Name,
            property => property.Value is JValue { Type: JTokenType.String } value
                ? (string)value!
                : throw OperationException.BadInput($"{shown}: {property.Name} is not a string"),
            StringComparer.Ordinal);
        foreach (string value in values.Values)
            redactor.Hide(value);
        return values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw OperationException.BadInput(
                $"{shown}: {unknown} is not a secret of {environment} with a value set by the operator",
                $"available: {string.Join(", ", known.Order(StringComparer.Ordinal))}")
            : values;
    }

    private static JObject Parse(string file, string shown)
    {
        try
        {
            return JObject.Parse(File.ReadAllText(file));
        }
        catch (JsonException)
        {
            // The parser's message would show a part of the file.
            throw OperationException.BadInput($"{shown} is not a JSON object");
        }
    }
}
