using System.Net;
using System.Text;

namespace Infra.Tests.Support;

/// <summary>An HTTP server on loopback, on a free port, with the responses of a test.</summary>
internal sealed class StubHttpServer : IDisposable
{
    private const int Attempts = 10;

    private readonly HttpListener _listener;
    private readonly Func<HttpListenerRequest, string, StubResponse> _answer;

    /// <param name="answer">Response to a request and its body.</param>
    public StubHttpServer(Func<HttpListenerRequest, string, (int Status, string Body)> answer)
        : this((request, body) => StubResponse.Text(answer(request, body)))
    {
    }

    /// <inheritdoc cref="StubHttpServer(Func{HttpListenerRequest, string, ValueTuple{int, string}})"/>
    public StubHttpServer(Func<HttpListenerRequest, string, StubResponse> answer)
    {
        _answer = answer;
        (_listener, Url) = Listen(Attempts);
        _ = ServeAsync();
    }

    /// <summary>Another process, such as a test run at the same time, may take the port after it was found to be free.</summary>
    private static (HttpListener Listener, Uri Url) Listen(int attempts)
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(url.ToString());
        try
        {
            listener.Start();
            return (listener, url);
        }
        catch (HttpListenerException) when (attempts > 1)
        {
            return Listen(attempts - 1);
        }
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
                StubResponse response = Answer(context.Request, await reader.ReadToEndAsync());
                context.Response.StatusCode = response.Status;
                if (response.Location is not null)
                    context.Response.RedirectLocation = response.Location.ToString();
                // Sent in one packet: of a chunked response, the second would wait 40 ms for the acknowledgement of the first.
                context.Response.ContentLength64 = response.Body.Length;
                await context.Response.OutputStream.WriteAsync(response.Body);
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
    private StubResponse Answer(HttpListenerRequest request, string body)
    {
        try
        {
            return _answer(request, body);
        }
        catch (Exception e)
        {
            return StubResponse.Text((500, e.ToString()));
        }
    }
#pragma warning restore CA1031
}

/// <summary>A response of <see cref="StubHttpServer"/>.</summary>
/// <param name="Status">Status code.</param>
/// <param name="Body">Content.</param>
internal sealed record StubResponse(int Status, byte[] Body)
{
    /// <summary>Address that it redirects to.</summary>
    public Uri? Location { get; init; }

    public static StubResponse Text((int Status, string Body) text) => new(text.Status, Encoding.UTF8.GetBytes(text.Body));
}
