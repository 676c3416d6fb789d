using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Secrets;

/// <summary>
/// <c>environments/secrets.{env}.json</c>: values of secrets by name, on one person's machine, ignored by git and readable by its owner alone. An example
/// without values is committed: <c>environments/secrets.example.json</c>.
/// </summary>
internal static class SecretsFile
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Absolute path of an environment's file.</summary>
    public static string PathOf(Checkout checkout, string environment) => Path.Combine(checkout.Root, "environments", $"secrets.{environment}.json");

    /// <summary>Reads the values and hides them from all output; empty where there is no file.</summary>
    /// <param name="checkout">Checkout.</param>
    /// <param name="environment">Environment.</param>
    /// <param name="known">Names that a person gives values to.</param>
    /// <param name="redactor">Told every value.</param>
    /// <exception cref="OperationException">Others may read it, it is no JSON of texts, or it names a secret that there is not.</exception>
    public static IReadOnlyDictionary<string, string> Read(Checkout checkout, string environment, IReadOnlyCollection<string> known, Redactor redactor)
    {
        string file = PathOf(checkout, environment);
        if (!File.Exists(file))
            return new Dictionary<string, string>();
        string shown = checkout.Show(file);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OfOthers) != 0)
            throw OperationException.BadInput($"{shown} can be read by others", $"chmod 600 {shown}");

        Dictionary<string, string> values = Parse(file, shown).Properties().ToDictionary(
            property => property.Name,
            property => property.Value is JValue { Type: JTokenType.String } value ? (string)value! : throw OperationException.BadInput($"{shown}: {property.Name} is no text"),
            StringComparer.Ordinal);
        foreach (string value in values.Values)
            redactor.Hide(value);
        return values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw OperationException.BadInput(
                $"{shown}: {unknown} is no secret of {environment} that a person gives a value to", $"available: {string.Join(", ", known.Order(StringComparer.Ordinal))}")
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
            // Its words would show a part of the file.
            throw OperationException.BadInput($"{shown} is no JSON object");
        }
    }
}
