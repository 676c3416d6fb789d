using System.Text.RegularExpressions;

namespace Infra.Configuration.Extensions;

/// <summary>
/// Sections of extensions by name. Filled once, before the first environment file is read: this project is below the one that contains the
/// extensions, so it cannot find them itself.
/// </summary>
public static partial class ExtensionSections
{
    private static readonly SortedDictionary<string, Type> Sections = new(StringComparer.Ordinal);

    /// <summary>Names of the extensions, in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Names => Sections.Keys;

    /// <summary>Type of a section; null if no extension has this name.</summary>
    public static Type? Of(string name) => Sections.GetValueOrDefault(name);

    /// <summary>Adds a section.</summary>
    /// <exception cref="ArgumentException">The name is invalid or in use by another type.</exception>
    public static void Add(string name, Type section)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException(
                $"extension '{name}': a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter, "
                    + "is expected");
        if (Sections.TryGetValue(name, out Type? other) && other != section)
            throw new ArgumentException($"extension '{name}' exists twice: with the section {other.FullName} and with {section.FullName}");
        Sections[name] = section;
    }

    /// <summary>Whether a class may be part of a section: it is declared next to one.</summary>
    internal static bool Declares(Type type) => Sections.Values.Any(section => section.Assembly == type.Assembly);

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$")]
    private static partial Regex ValidName();
}
