using System.Diagnostics;

namespace Infra.Operations.Drills;

/// <summary>Requests a URL four times a second, as a user would: each request on a new connection, without retries.</summary>
internal sealed class RequestProbe : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly List<ProbedRequest> _requests = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Uri _url;
    private readonly Task _loop;

    public RequestProbe(Uri url)
    {
        _url = url;
        _loop = LoopAsync();
    }

    /// <summary>Requests that were sent since the last call, and ended.</summary>
    public IReadOnlyList<ProbedRequest> Take()
    {
        lock (_gate)
        {
            ProbedRequest[] taken = [.. _requests];
            _requests.Clear();
            return taken;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        var sent = new List<Task>();
        try
        {
            using var timer = new PeriodicTimer(s_interval);
            // A slow response does not delay the next request.
            while (await timer.WaitForNextTickAsync(_stop.Token))
                sent.Add(SendAsync());
        }
        catch (OperationCanceledException)
        {
            // The drill has ended.
        }

        await Task.WhenAll(sent);
    }

    private async Task SendAsync()
    {
        DateTime at = DateTime.UtcNow;
        var watch = Stopwatch.StartNew();
        string? failure = null;
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(_url, _stop.Token);
            if ((int)answer.StatusCode >= 400)
                failure = $"status {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            failure = e is TaskCanceledException ? "no response within 10 s" : e.Message;
        }

        lock (_gate)
            _requests.Add(new ProbedRequest(at, watch.Elapsed, failure));
    }
}

/// <summary>A request of the probe.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Took">Time until the response or the failure.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
internal sealed record ProbedRequest(DateTime At, TimeSpan Took, string? Failure);
