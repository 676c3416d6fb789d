using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Infra.Configuration.Model;

namespace Infra.Operations.Smoke;

/// <summary>Sends one request to a URL.</summary>
internal static class HttpCheck
{
    private const int ShownOfAnswer = 80;

    private static readonly HttpClient Http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero })
        {
            Timeout = TimeSpan.FromSeconds(15),
        };

    /// <returns>The failure; null if the response is as expected.</returns>
    public static async Task<string?> AskAsync(Uri url, SmokeConfig test, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var request = new HttpRequestMessage(test.Body is null ? HttpMethod.Get : HttpMethod.Post, url);
            if (test.Body is not null)
                request.Content = new StringContent(test.Body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await Http.SendAsync(request, cancellation);
            string body = await answer.Content.ReadAsStringAsync(cancellation);
            return Judge(test, (int)answer.StatusCode, body, watch.Elapsed);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return $"{url} does not respond: {e.Message}";
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{url} does not respond within {Http.Timeout.TotalSeconds:0} s";
        }
    }

    /// <summary>Whether plain HTTP redirects to HTTPS on the same host.</summary>
    public static async Task<string?> RedirectsAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(url, cancellation);
            return (int)answer.StatusCode is 301 or 302 or 307 or 308
                && answer.Headers.Location is { Scheme: "https" } to
                && to.Host == url.Host
                ? null
                : $"{url} answers {(int)answer.StatusCode}{(answer.Headers.Location is { } other ? $" to {other}" : "")}, expected a "
                    + $"redirect to https://{url.Host}";
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return $"{url} does not respond: {e.Message}";
        }
    }

    internal static string? Judge(SmokeConfig test, int status, string body, TimeSpan took) =>
        status != test.Status ? $"answers {status}, expected {test.Status}"
        : Text(test, body) is { } wrong ? wrong

            : test.MaxMilliseconds is { } most && took.TotalMilliseconds > most
            ? $"took {took.TotalMilliseconds:0} ms, at most {most} are allowed"
        : null;

    /// <summary>Whether a text contains what is expected.</summary>
    internal static string? Text(SmokeConfig test, string body) =>
        test.Contains is { } text && !body.Contains(text, StringComparison.Ordinal) ? $"does not contain '{text}': {Beginning(body)}"

            : test.Matches is { } pattern && !Regex.IsMatch(body, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(2))
            ? $"does not match {pattern}: {Beginning(body)}"
        : null;

    private static string Beginning(string body)
    {
        string line = body.ReplaceLineEndings(" ").Trim();
        return line.Length > ShownOfAnswer ? line[..ShownOfAnswer] + "…" : line;
    }
}
