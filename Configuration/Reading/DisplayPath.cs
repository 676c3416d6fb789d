namespace Infra.Configuration.Reading;

/// <summary>Files as a person at the root of the repository names them.</summary>
internal static class DisplayPath
{
    /// <summary>Relative to the root where the file lies in it, with forward slashes; else as it is.</summary>
    public static string Of(string path, string rootDirectory)
    {
        string relative = Path.GetRelativePath(rootDirectory, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? path : relative;
    }
}
