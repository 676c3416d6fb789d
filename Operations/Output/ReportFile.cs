namespace Infra.Operations.Output;

/// <summary>Files that the user, or GitHub, has named for the output.</summary>
internal static class ReportFile
{
    /// <summary>Writes a file; creates its folder.</summary>
    /// <exception cref="OperationException">It cannot be written.</exception>
    public static void Write(string file, string text) => Change(file, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, text);
    });

    /// <summary>Appends to a file.</summary>
    /// <exception cref="OperationException">It cannot be written.</exception>
    public static void Append(string file, string text) => Change(file, () => File.AppendAllText(file, text));

    private static void Change(string file, Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OperationException.BadInput($"{file} cannot be written: {e.Message}");
        }
    }
}
