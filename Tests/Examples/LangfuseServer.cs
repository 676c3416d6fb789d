using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Examples;

/// <summary>
/// The part of Langfuse's public API with which a trace is sent and read back: it takes OTLP as JSON, and finds a trace only after the
/// request that follows the one that sent it, because Langfuse stores traces asynchronously.
/// https://api.reference.langfuse.com (opentelemetry, observations v2)
/// </summary>
internal sealed class LangfuseServer : IDisposable
{
    private readonly StubHttpServer _server;
    private readonly string _authorization;
    private readonly ConcurrentQueue<string> _traces = new();
    private int _reads;

    public LangfuseServer(string publicKey, string secretKey)
    {
        _authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{publicKey}:{secretKey}"))}";
        _server = new StubHttpServer(Answer);
    }

    public Uri Url => _server.Url;

    /// <summary>Ids of the traces that were sent.</summary>
    public IReadOnlyCollection<string> Traces => _traces;

    public void Dispose() => _server.Dispose();

    private (int Status, string Body) Answer(HttpListenerRequest request, string body)
    {
        if (request.Headers["Authorization"] != _authorization)
            return (401, """{ "message": "Invalid credentials. Confirm that you've configured the correct host." }""");
        switch ($"{request.HttpMethod} {request.Url!.AbsolutePath}")
        {
            case "POST /api/public/otel/v1/traces"
                when request.ContentType == "application/json" && request.Headers["x-langfuse-ingestion-version"] == "4":
                foreach (JToken span in JObject.Parse(body).SelectTokens("resourceSpans[*].scopeSpans[*].spans[*]"))
                    _traces.Enqueue((string)span["traceId"]!);
                return (200, "{}");
            case "GET /api/public/v2/observations":
                string? trace = request.QueryString["traceId"];
                bool found = Interlocked.Increment(ref _reads) > 1 && _traces.Contains(trace);
                return (200, new JObject
                {
                    ["data"] = found ? new JArray(new JObject { ["id"] = "observation", ["traceId"] = trace }) : new JArray(),
                    ["meta"] = new JObject(),
                }.ToString());
            default:
                return (404, """{ "message": "Not Found" }""");
        }
    }
}
