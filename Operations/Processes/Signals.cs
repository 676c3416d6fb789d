using System.Runtime.InteropServices;

namespace Infra.Operations.Processes;

/// <summary>Sends signals: .NET itself can only kill.</summary>
internal static partial class Signals
{
    /// <summary>Asks to end. Terraform takes it as it takes Ctrl-C; unlike that one, no shell makes its background jobs deaf to it.</summary>
    public const int Terminate = 15;

    /// <summary>Sends a signal; a process that has ended meanwhile is fine.</summary>
    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
