namespace Infra.Configuration.Reading;

/// <summary>File paths relative to the root of the repository.</summary>
internal static class DisplayPath
{
    /// <summary>Relative to the root if the file is in it, with forward slashes; otherwise unchanged.</summary>
    public static string Of(string path, string rootDirectory)
    {
        string relative = Path.GetRelativePath(rootDirectory, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? path : relative;
    }
}
