using System.Globalization;

namespace Infra.Configuration.Reading;

/// <summary>Paths as findings show them: <c>services.backend.paths[0]</c>, <c>parameters["a.b"]</c>.</summary>
internal static class ConfigPath
{
    public static string Join(string path, string key)
    {
        if (key.Length == 0 || key.Any(c => c is '.' or '[' or ']' or '"' || char.IsWhiteSpace(c)))
            return $"{path}[\"{key}\"]";
        return path.Length == 0 ? key : $"{path}.{key}";
    }

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>Whether a path is another one or is within it.</summary>
    public static bool IsWithin(string path, string outer) =>
        outer.Length == 0
        || (path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '['));
}
