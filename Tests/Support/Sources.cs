using System.Text.RegularExpressions;
using Infra.Operations.Workspace;

namespace Infra.Tests.Support;

/// <summary>The checkout's source files.</summary>
internal static partial class Sources
{
    // Also folders whose names begin with a dot, such as .infra: they contain no C# or Python of the project.
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "cdktf.out"];

    /// <summary>Folders of the program's sources: the list in the launcher, which builds if one of their files is newer.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. SourceFolders().Match(File.ReadAllText(Path.Combine(Checkout.Find().Root, "infra"))).Groups[1].Value.Split(' ')];

    /// <summary>C# files in folders of the checkout.</summary>
    public static IEnumerable<string> In(IEnumerable<string> folders) =>
        folders.SelectMany(folder => Below(Path.Combine(Checkout.Find().Root, folder), ".cs"));

    /// <summary>All files with an extension.</summary>
    public static IEnumerable<string> All(string extension) => Below(Checkout.Find().Root, extension);

    private static IEnumerable<string> Below(string folder, string extension) =>
        Directory.EnumerateFiles(folder, "*" + extension).Concat(
            from inner in Directory.EnumerateDirectories(folder)
            where !Generated.Contains(Path.GetFileName(inner)) && !Path.GetFileName(inner).StartsWith('.')
            from file in Below(inner, extension)
            select file);

    [GeneratedRegex(@"^folders=\((.*)\)$", RegexOptions.Multiline)]
    private static partial Regex SourceFolders();
}
