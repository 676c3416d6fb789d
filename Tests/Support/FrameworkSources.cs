using Infra.Operations.Workspace;

namespace Infra.Tests.Support;

/// <summary>Content of the layers of system P: the sources of a framework, in the folder where Lambda's Python searches.</summary>
internal static class FrameworkSources
{
    /// <summary>Copies the sources of a framework.</summary>
    /// <param name="framework">Name of the framework: <c>da_flask</c>.</param>
    /// <param name="folder">Folder that becomes the content of the layer.</param>
    /// <returns>The folder.</returns>
    public static string CopyTo(string framework, string folder)
    {
        string sources = Path.Combine(Checkout.Find().Root, "examples", "python-frameworks", "frameworks", framework, "src");
        foreach (string file in Directory.GetFiles(sources, "*.py", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, "python", Path.GetRelativePath(sources, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return folder;
    }
}
