using Infra.Tests.Emulator;

namespace Infra.Tests.Examples;

/// <summary>
/// The program that runs the Python applications of system H in place of their images, as tasks of the local AWS: it gets the image and the
/// task's command, and the variables and credentials of the task.
/// </summary>
internal sealed class PythonTaskProgram : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("infra-task-").FullName;

    public PythonTaskProgram(ExamplesPython python)
    {
        string apps = System.IO.Path.Combine(Sandbox.Root, "examples", "hoopstat-haus", "apps");
        (string _, string packages) = python.Variables($"{apps}/shared", $"{apps}/data-pipeline", $"{apps}/stats-api")[0];
        Path = System.IO.Path.Combine(_folder, "run");
        File.WriteAllText(Path, $"""
            #!/bin/sh
            # IMAGE python -m MODULE …
            shift 2
            PYTHONPATH='{packages}' PYTHONDONTWRITEBYTECODE=1 exec '{python.Interpreter}' "$@"
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
