using Infra.Operations.Workspace;

namespace Infra.Tests.Architecture;

/// <summary>The checkout's C# files.</summary>
internal static class Sources
{
    public static IEnumerable<string> In(IEnumerable<string> folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Path.Combine(Checkout.Find().Root, folder), "*.cs", SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        select file;
}
