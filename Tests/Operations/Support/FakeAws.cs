using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Infra.Operations.Aws;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Operations.Support;

/// <summary>
/// A fake AWS on the loopback interface: returns the responses that a test sets, and records every request. Responses are returned in the
/// order in which they were set, those for a named action before those for any; a request without a response gets 400 <c>NotTold</c>.
/// </summary>
internal sealed class FakeAws : IDisposable
{
    private const string Any = "*";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Request, Answer>>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<Request, Answer>> _always = new(StringComparer.Ordinal);

    public FakeAws()
    {
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url { get; }

    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>Access that uses this server.</summary>
    public AwsAccess Access(string account = "111111111111", string region = "us-east-2") => AwsAccess.ToEmulator(Url, account, region);

    /// <summary>Sets the next response to an action: <c>GetParameter</c>, <c>GET /path</c>.</summary>
    public FakeAws Tell(string action, string body, int status = 200) => Tell(action, _ => new Answer(body, status));

    public FakeAws Tell(string action, JObject body, int status = 200) => Tell(action, body.ToString(), status);

    public FakeAws Tell(string action, Func<Request, Answer> answer)
    {
        _answers.GetOrAdd(action, _ => new ConcurrentQueue<Func<Request, Answer>>()).Enqueue(answer);
        return this;
    }

    /// <summary>The response to every request of an action without a response set in order.</summary>
    public FakeAws Always(string action, Func<Request, Answer> answer)
    {
        _always[action] = answer;
        return this;
    }

    public FakeAws Always(string action, JObject body) => Always(action, _ => new Answer(body.ToString(), 200));

    /// <summary>Sets the next response to any request.</summary>
    public FakeAws Tell(string body, int status = 200) => Tell(Any, body, status);

    /// <summary>Bodies of the requests of an action, in order.</summary>
    public IReadOnlyList<JObject> Sent(string action) =>
        Requests.Where(request => request.Action == action).Select(request => request.Json).ToArray();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                Request request = Request.Of(context.Request, await reader.ReadToEndAsync());
                Requests.Enqueue(request);
                Answer answer = Find(request);
                context.Response.StatusCode = answer.Status;
                foreach ((string name, string value) in answer.Headers ?? new Dictionary<string, string>())
                    context.Response.Headers[name] = value;
                byte[] body = Encoding.UTF8.GetBytes(answer.Body);
                context.Response.ContentLength64 = body.Length;
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private Answer Find(Request request)
    {
        foreach (string key in new[] { request.Action, Any })
        {
            if (_answers.TryGetValue(key, out ConcurrentQueue<Func<Request, Answer>>? queue)
                && queue.TryDequeue(out Func<Request, Answer>? answer))
                return answer(request);
        }

        return _always.TryGetValue(request.Action, out Func<Request, Answer>? always)
            ? always(request)
            : new Answer(new JObject { ["__type"] = "NotTold", ["message"] = request.Action }.ToString(), 400);
    }

    internal sealed record Answer(string Body, int Status, IReadOnlyDictionary<string, string>? Headers = null);

    /// <param name="Action">The JSON or query protocol's action, otherwise method and path.</param>
    /// <param name="Method">Method.</param>
    /// <param name="RawUrl">Path and query as received, with escapes.</param>
    /// <param name="Headers">Headers by lower-case name.</param>
    /// <param name="Body">Body.</param>
    internal sealed record Request(string Action, string Method, string RawUrl, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public JObject Json => JObject.Parse(Body);

        public static Request Of(HttpListenerRequest request, string body)
        {
            Dictionary<string, string> headers = request.Headers.AllKeys.ToDictionary(
                name => name!.ToLowerInvariant(), name => request.Headers[name]!, StringComparer.Ordinal);
            string action = headers.GetValueOrDefault("x-amz-target") is { } target ? target.Split('.')[^1]

                    : body.Split('&').FirstOrDefault(pair => pair.StartsWith("Action=", StringComparison.Ordinal)) is { } pair
                    ? pair["Action=".Length..]
                : $"{request.HttpMethod} {request.RawUrl!.Split('?')[0]}";
            return new Request(action, request.HttpMethod, request.RawUrl!, headers, body);
        }
    }
}
