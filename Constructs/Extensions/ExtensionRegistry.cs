using System.Reflection;
using Infra.Configuration.Extensions;
using Infra.Constructs.Permissions;

namespace Infra.Constructs.Extensions;

/// <summary>The extensions of the program. Filled once at its start, before an environment file is read.</summary>
internal static class ExtensionRegistry
{
    private static readonly SortedDictionary<string, Extension> Known = new(StringComparer.Ordinal);

    /// <summary>Adds all extensions that an assembly contains.</summary>
    /// <exception cref="ArgumentException">An extension is declared wrongly; the message says which and how.</exception>
    public static void AddFrom(Assembly assembly)
    {
        foreach (Extension extension in In(assembly))
        {
            if (Known.TryGetValue(extension.Name, out Extension? other) && other.GetType() != extension.GetType())
                throw new ArgumentException(
                    $"extension '{extension.Name}' exists twice: {other.GetType().FullName} and {extension.GetType().FullName}");
            ExtensionSections.Add(extension.Name, extension.Section);
            Known[extension.Name] = extension;
        }
    }

    /// <summary>Extensions of an assembly.</summary>
    public static IReadOnlyList<Extension> In(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericType: false } && type.IsSubclassOf(typeof(Extension)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => type.GetConstructor(Type.EmptyTypes) is { } constructor
                ? (Extension)constructor.Invoke(null)
                : throw new ArgumentException($"extension {type.FullName} has no public constructor without parameters")),
    ];

    /// <summary>The extension of a section.</summary>
    public static Extension Of(string name) => Known[name];

    /// <summary>Permissions for the resource types that extensions declare.</summary>
    public static IEnumerable<TypePermissions> Permissions(OwnResources own) =>
        Known.Values.SelectMany(extension => extension.Permissions(own));
}
