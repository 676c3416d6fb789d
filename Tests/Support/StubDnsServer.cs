using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Infra.Tests.Support;

/// <summary>A DNS server on the loopback interface with the NS records that a test gives it; any other name does not exist.</summary>
internal sealed class StubDnsServer : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const byte NameServerType = 2;

    private readonly UdpClient _server = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _nameServers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _serving;
    private int _queries;

    public StubDnsServer() => _serving = ServeAsync();

    /// <summary>Address as ADDRESS:PORT.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_server.Client.LocalEndPoint!).Port}";

    /// <summary>Number of queries that were answered.</summary>
    public int Queries => _queries;

    public void Delegate(string name, params IReadOnlyList<string> nameServers) => _nameServers[name] = nameServers;

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult question = await _server.ReceiveAsync();
                await _server.SendAsync(Answer(question.Buffer), question.RemoteEndPoint);
                Interlocked.Increment(ref _queries);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    /// <summary>A response according to RFC 1035: header, the question, and the NS records of its name.</summary>
    private byte[] Answer(byte[] question)
    {
        var labels = new List<string>();
        int end = HeaderLength;
        for (; question[end] != 0; end += question[end] + 1)
            labels.Add(Encoding.ASCII.GetString(question, end + 1, question[end]));
        end += 5; // the empty label, type and class
        bool known = _nameServers.TryGetValue(string.Join('.', labels), out IReadOnlyList<string>? servers);
        servers ??= [];
        return
        [
            .. question[..2], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, (byte)servers.Count, 0, 0, 0, 0, .. question[HeaderLength..end],
            .. servers.Select(Name).SelectMany(value =>
                (byte[])[0xC0, HeaderLength, 0, NameServerType, 0, 1, 0, 0, 0, 60, 0, (byte)value.Length, .. value]),
        ];
    }

    private static byte[] Name(string name) =>
        [.. name.TrimEnd('.').Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
}
