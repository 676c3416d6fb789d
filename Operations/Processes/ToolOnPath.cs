namespace Infra.Operations.Processes;

/// <summary>Finds programs.</summary>
internal static class ToolOnPath
{
    /// <summary>
    /// Absolute path of a program: the path itself if it contains a slash, otherwise the first executable of that name on PATH; null if
    /// there is none.
    /// </summary>
    public static string? Find(string program) => Find(program, Environment.GetEnvironmentVariable("PATH") ?? "");

    internal static string? Find(string program, string path)
    {
        if (program.Contains(Path.DirectorySeparatorChar))
            return IsExecutable(program) ? Path.GetFullPath(program) : null;
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string file)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != 0);
    }
}
