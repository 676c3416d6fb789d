using Amazon.Runtime;

namespace Infra.Operations.Aws;

/// <summary>
/// Signs requests to one service, sends them, and repeats those that were throttled, failed on the service's side or got no response, in
/// the standard retry mode of the SDKs. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
/// </summary>
/// <param name="service">Service.</param>
/// <param name="region">Region to sign for.</param>
/// <param name="credentials">Credentials to sign with.</param>
/// <param name="endpoint">Endpoint.</param>
/// <param name="wait">Waits between attempts.</param>
internal sealed class SignedRequests(
    AwsService service, string region, AWSCredentials credentials, Uri endpoint, Func<TimeSpan, CancellationToken, Task> wait)
{
    /// <summary>Maximum number of attempts, including the first one.</summary>
    public const int Attempts = 5;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    private static readonly HttpClient Http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>Sends a request.</summary>
    /// <param name="action">Action, for messages.</param>
    /// <param name="method">Method.</param>
    /// <param name="pathAndQuery">Path and query, escaped.</param>
    /// <param name="body">Body; null means none.</param>
    /// <param name="headers">Headers, with that of the body's content type.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The response's body.</returns>
    /// <exception cref="AwsApiException">The service returned an error, or was not reached.</exception>
    public async Task<string> SendAsync(
        string action, HttpMethod method, string pathAndQuery, byte[]? body, IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, new Uri(endpoint, pathAndQuery));
            request.Content = body is null ? null : new ByteArrayContent(body);
            foreach ((string name, string value) in headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value))
                    request.Content?.Headers.TryAddWithoutValidation(name, value);
            }

            try
            {
                SignatureV4.Sign(request, body ?? [], await credentials.GetCredentialsAsync(), region, service.Name, DateTime.UtcNow);
                return await AttemptAsync(action, request, cancellation);
            }
            catch (AwsApiException e) when (e.IsTransient && attempt < Attempts)
            {
#pragma warning disable CA5394 // Only for jitter.
                await wait(Backoff(attempt, Random.Shared.NextDouble()), cancellation);
#pragma warning restore CA5394
            }
            catch (AmazonClientException e)
            {
                throw AwsFailure.Of(e)!;
            }
        }
    }

    /// <summary>
    /// Wait after an attempt: twice as long each time, times a random number, so that callers that were throttled together do not retry
    /// together.
    /// </summary>
    internal static TimeSpan Backoff(int attempt, double random) => TimeSpan.FromSeconds(Math.Min(random * Math.Pow(2, attempt - 1), 20));

    private async Task<string> AttemptAsync(string action, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(AttemptTimeout);
        try
        {
            using HttpResponseMessage answer = await Http.SendAsync(request, timeout.Token);
            string text = await answer.Content.ReadAsStringAsync(timeout.Token);
            if (answer.IsSuccessStatusCode)
                return text;
            (string code, string reason) = AwsError.Read(answer, text);
            throw new AwsApiException(service.Host, action, code, reason, answer.StatusCode);
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            string reason = e is OperationCanceledException ? $"no response within {AttemptTimeout.TotalSeconds:0} s" : e.Message;
            throw new AwsApiException(service.Host, action, AwsApiException.Unreachable, $"{endpoint.Host}: {reason}", null, e);
        }
    }
}
