using System.Net;
using System.Net.Sockets;

namespace Infra.Tests.Support;

/// <summary>
/// Ports on loopback for servers that have to know their port before they listen. They are below those that systems assign to connections
/// and to servers on port 0 (Linux: 32768 and above), so that no other program gets one between its choice and its use.
/// </summary>
internal static class LoopbackPort
{
    private const int First = 12000;
    private const int Count = 18000;

    // Test runs at the same time begin at different ports.
    private static int s_next = Environment.ProcessId * 101;

    /// <summary>A free port, which this process gets only once.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
