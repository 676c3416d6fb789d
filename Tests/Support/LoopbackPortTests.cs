using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Not parallel, because it takes a port that a test at the same time could have been given.</summary>
[NonParallelizable]
internal sealed class LoopbackPortTests
{
    [Test]
    public void Next_IsNoPortOfAnotherServer_NorOneThatSystemsAssign()
    {
        int[] ports = [LoopbackPort.Next(), LoopbackPort.Next()];
        using var other = new TcpListener(IPAddress.Loopback, ports[1] + 1);
        other.Start();

        Assert.That(ports.Append(LoopbackPort.Next()), Is.Unique.And.All.LessThan(32768).And.None.EqualTo(ports[1] + 1));
    }
}
