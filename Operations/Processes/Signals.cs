using System.Runtime.InteropServices;

namespace Infra.Operations.Processes;

/// <summary>Sends signals, because .NET can only kill processes.</summary>
internal static partial class Signals
{
    /// <summary>SIGTERM. Terraform handles it like Ctrl-C; unlike SIGINT, it is not ignored in background jobs of a shell.</summary>
    public const int Terminate = 15;

    /// <summary>Sends a signal; a process that has already exited is not an error.</summary>
    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
