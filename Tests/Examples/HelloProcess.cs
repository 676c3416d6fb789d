using System.Globalization;
using System.Net;
using Infra.Tests.Emulator;
using Infra.Tests.Support;

namespace Infra.Tests.Examples;

/// <summary>The sample service in a separate process; it is built together with the tests.</summary>
internal sealed class HelloProcess : IDisposable
{
    public static readonly string Sources = Path.Combine(Sandbox.Root, "examples", "apps", "hello");

    private readonly HttpClient _client;
    private readonly Running _process;
    private bool _ended;

    public HelloProcess(Sandbox sandbox, int port, IReadOnlyList<(string Name, string Value)> variables)
    {
        string number = port.ToString(CultureInfo.InvariantCulture);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{number}") };
        _process =
            sandbox.Start("dotnet", [Path.Combine(Sources, "bin", "Debug", "net10.0", "Hello.dll")], [.. variables, ("PORT", number)]);
    }

    /// <summary>Starts it on a free port and waits until it accepts requests.</summary>
    public static HelloProcess Serve(Sandbox sandbox, IReadOnlyList<(string Name, string Value)> variables)
    {
        var hello = new HelloProcess(sandbox, LoopbackPort.Next(), variables);
        hello.WaitUntilStarted();
        return hello;
    }

    public void WaitUntilStarted() => _process.WaitFor("Application started");

    public (HttpStatusCode Status, string Body) Get(string path) => Send(HttpMethod.Get, path, content: null);

    public (HttpStatusCode Status, string Body) Put(string path, string body) => Send(HttpMethod.Put, path, new StringContent(body));

    /// <summary>Sends the beginning of a body, and its end when the task completes.</summary>
    public async Task<HttpStatusCode> PutSlowlyAsync(string path, Task end)
    {
        using var content = new SlowContent(end);
        using HttpResponseMessage answer = await _client.PutAsync(path, content);
        return answer.StatusCode;
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => _process.Interrupt();

    /// <summary>Waits until it ends.</summary>
    public Run Wait()
    {
        Run run = _process.Wait();
        _ended = true;
        return run;
    }

    public void Dispose()
    {
        if (!_ended)
        {
            Terminate();
            Wait();
        }

        _client.Dispose();
    }

    private (HttpStatusCode Status, string Body) Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using HttpResponseMessage answer = _client.Send(request);
        using var body = new StreamReader(answer.Content.ReadAsStream());
        return (answer.StatusCode, body.ReadToEnd());
    }

    private sealed class SlowContent(Task end) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            // Enough data that Kestrel, which requires 240 bytes per second, does not abort the request.
            await stream.WriteAsync(new byte[16 * 1024]);
            await stream.FlushAsync();
            await end;
            await stream.WriteAsync(new byte[1]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
