using System.Net;
using System.Text;

namespace Infra.Tests.Support;

/// <summary>An HTTP server on loopback, on a free port, with the responses of a test.</summary>
internal sealed class StubHttpServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerRequest, string, (int Status, string Body)> _answer;

    /// <param name="answer">Response to a request and its body.</param>
    public StubHttpServer(Func<HttpListenerRequest, string, (int Status, string Body)> answer)
    {
        _answer = answer;
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                (int status, string body) = Answer(context.Request, await reader.ReadToEndAsync());
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // A failure is returned as a response, so that the test sees it and does not wait for a timeout.
#pragma warning disable CA1031
    private (int Status, string Body) Answer(HttpListenerRequest request, string body)
    {
        try
        {
            return _answer(request, body);
        }
        catch (Exception e)
        {
            return (500, e.ToString());
        }
    }
#pragma warning restore CA1031

    /// <summary>A free port for another server.</summary>
    public static int FreePort() => LoopbackPort.Next();
}
