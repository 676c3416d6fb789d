using System.Net;
using System.Net.Sockets;
using System.Text;
using Infra.Operations.Domains;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Domains;

/// <summary>Sends real DNS queries to a server on the loopback interface with one name.</summary>
[Property("Finding", "A20")]
internal sealed class DnsLookupTests
{
    private const int NameServer = 2;

    private UdpClient _server = null!;
    private Task _serving = null!;

    [SetUp]
    public void StartServer()
    {
        _server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync();
    }

    [TearDown]
    public async Task StopServer()
    {
        _server.Dispose();
        await _serving;
    }

    [TestCase("example.com", new[] { "ns-1.awsdns.com", "ns-2.awsdns.net" })]
    [TestCase("other.example", new string[0])]
    public async Task Find_GivesTheNameServers_OrNone(string name, string[] expected)
    {
        using var host = new TestHost();
        Assert.That(await new DnsLookup(host.Context.Runner, $"127.0.0.1:{((IPEndPoint)_server.Client.LocalEndPoint!).Port}")
            .FindAsync("NS", name), Is.EquivalentTo(expected));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult question = await _server.ReceiveAsync();
                byte[] answer = Answer(question.Buffer);
                await _server.SendAsync(answer, question.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    /// <summary>A response according to RFC 1035: header, the question, and two NS records for example.com.</summary>
    private static byte[] Answer(byte[] question)
    {
        int end = 12;
        while (question[end] != 0)
            end += question[end] + 1;
        end += 5;
        bool known = question[12..].AsSpan().StartsWith(Name("example.com"));
        var answer = new List<byte>(question[..2]);
        answer.AddRange(known ? new byte[] { 0x81, 0x80 } : [0x81, 0x83]);
        answer.AddRange([0, 1, 0, (byte)(known ? 2 : 0), 0, 0, 0, 0]);
        answer.AddRange(question[12..end]);
        foreach (string server in known ? new[] { "ns-1.awsdns.com", "ns-2.awsdns.net" } : [])
        {
            byte[] value = Name(server);
            answer.AddRange([0xC0, 12, 0, NameServer, 0, 1, 0, 0, 0, 60, 0, (byte)value.Length, .. value]);
        }
        return [.. answer];
    }

    private static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
}
