using System.Text;
using System.Xml.Linq;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Amazon.SecurityToken;
using Infra.Operations.Output;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Aws;

/// <summary>
/// Client for an AWS service without its own SDK client: requests are signed with the SDK's signer (Signature Version 4), responses are
/// JSON or XML. Requests that are throttled, fail on the service's side or get no response are retried with exponential backoff.
/// </summary>
/// <param name="service">Service.</param>
/// <param name="region">Region.</param>
/// <param name="credentials">Credentials to sign with.</param>
/// <param name="endpoint">Endpoint to use instead of AWS's: the emulator's.</param>
/// <param name="wait">Waits between attempts; tests replace it so that they do not wait.</param>
internal sealed class AwsApi(
    AwsService service, string region, AWSCredentials credentials, Uri? endpoint, Func<TimeSpan, CancellationToken, Task>? wait = null)
{
    /// <summary>Maximum number of attempts, including the first one.</summary>
    internal const int Attempts = 5;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    private static readonly HttpClient Http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private readonly Func<TimeSpan, CancellationToken, Task> _wait = wait ?? Task.Delay;

    private string SigningRegion => service.Global ? "us-east-1" : region;

    internal Uri Endpoint => endpoint ?? new Uri(
        $"https://{service.Host}{(service.Global ? "" : "." + region)}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/");

    /// <summary>An action of a JSON service (<c>X-Amz-Target</c>): ECS, ECR, SSM, Secrets Manager, CodeBuild, Logs, alarms, ….</summary>
    /// <param name="action">Action: <c>DescribeServices</c>.</param>
    /// <param name="body">Its input; null means an empty object.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="AwsApiException">The service returned an error, or was not reached.</exception>
    public async Task<JObject> JsonAsync(string action, JObject? body = null, CancellationToken cancellation = default)
    {
        if (service.Target is not { } target)
            throw new ArgumentException($"{service.Name} does not use the JSON protocol with X-Amz-Target", nameof(action));
        string answer = await SendAsync(action, () =>
        {
            IRequest request = Request("POST", "/");
            request.Headers["Content-Type"] = $"application/x-amz-json-{service.JsonVersion}";
            request.Headers["X-Amz-Target"] = $"{target}.{action}";
            request.Content = Encoding.UTF8.GetBytes((body ?? []).ToString(Formatting.None));
            return request;
        }, cancellation);
        return Parse(answer);
    }

    /// <summary>All pages of an action of a JSON service.</summary>
    /// <param name="action">Action.</param>
    /// <param name="body">Its input, without the pagination token.</param>
    /// <param name="token">Name of the token in input and output, which differs by service: <c>nextToken</c>, <c>NextToken</c>.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async IAsyncEnumerable<JObject> PagesAsync(
        string action, JObject body, string token = "nextToken",
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? next = null;
        do
        {
            var input = (JObject)body.DeepClone();
            if (next is not null)
                input[token] = next;
            JObject page = await JsonAsync(action, input, cancellation);
            yield return page;
            string? following = (string?)page[token];
            // CloudWatch Logs returns the same token again at the end.
            next = following == next ? null : following;
        }
        while (!string.IsNullOrEmpty(next));
    }

    /// <summary>An action of a query service: load balancers, RDS, IAM, SNS, ….</summary>
    /// <param name="action">Action: <c>DescribeTargetHealth</c>.</param>
    /// <param name="parameters">Its input, with lists as numbered members: <c>Names.member.1</c>.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The response's root element, without namespaces: <c>result.Descendants("State")</c>.</returns>
    /// <exception cref="AwsApiException">The service returned an error, or was not reached.</exception>
    public async Task<XElement> QueryAsync(
        string action, IReadOnlyDictionary<string, string>? parameters = null, CancellationToken cancellation = default)
    {
        if (service.Version is not { } version)
            throw new ArgumentException($"{service.Name} does not use the query protocol", nameof(action));
        IEnumerable<KeyValuePair<string, string>> all =
            [new("Action", action), new("Version", version), .. parameters ?? new Dictionary<string, string>()];
        string form = string.Join('&', all.Select(each => $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(each.Value)}"));
        return Xml(await SendAsync(action, () =>
        {
            IRequest request = Request("POST", "/");
            request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
            request.Content = Encoding.UTF8.GetBytes(form);
            return request;
        }, cancellation));
    }

    /// <summary>A request to a REST service with JSON bodies: Lambda, Scheduler, Backup, ….</summary>
    /// <param name="method">Method.</param>
    /// <param name="path">Path; interpolated values are escaped: <c>$"/2015-03-31/functions/{arn}"</c>.</param>
    /// <param name="body">Input; null means no body.</param>
    /// <param name="query">Query parameters.</param>
    /// <param name="headers">Additional headers, which are also signed.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="AwsApiException">The service returned an error, or was not reached.</exception>
    public async Task<JObject> RestAsync(
        HttpMethod method, FormattableString path, JObject? body = null, IReadOnlyDictionary<string, string>? query = null,
        IReadOnlyDictionary<string, string>? headers = null, CancellationToken cancellation = default) =>
        Parse(await RestTextAsync(method, path, body?.ToString(Formatting.None), "application/json", query, headers, cancellation));

    /// <summary>
    /// A request to a REST service whose input or response is not JSON: CloudFront's XML, the response of a function or an agent.
    /// </summary>
    /// <inheritdoc cref="RestAsync" path="/exception"/>
    public Task<string> RestTextAsync(
        HttpMethod method, FormattableString path, string? body, string contentType, IReadOnlyDictionary<string, string>? query = null,
        IReadOnlyDictionary<string, string>? headers = null, CancellationToken cancellation = default) =>
        SendAsync($"{method} {path}", () =>
        {
            IRequest request = Request(method.Method, path.Format);
            for (int i = 0; i < path.ArgumentCount; i++)
                request.AddPathResource(
                    $"{{{i}}}", Convert.ToString(path.GetArgument(i), System.Globalization.CultureInfo.InvariantCulture));
            foreach ((string name, string value) in query ?? new Dictionary<string, string>())
                request.Parameters[name] = value;
            request.UseQueryString = true;
            foreach ((string name, string value) in headers ?? new Dictionary<string, string>())
                request.Headers[name] = value;
            if (body is not null)
            {
                request.Headers["Content-Type"] = contentType;
                request.Content = Encoding.UTF8.GetBytes(body);
            }

            return request;
        }, cancellation);

    /// <summary>Signs a request: adds the headers to send with it.</summary>
    internal void Sign(IRequest request, ImmutableCredentials keys, DateTime now)
    {
        if (keys.UseToken)
            request.Headers["X-Amz-Security-Token"] = keys.Token;
        var config =
            new AmazonSecurityTokenServiceConfig
            {
                ServiceURL = Endpoint.ToString(),
                AuthenticationRegion = SigningRegion,
                AuthenticationServiceName = service.Name,
            };
        AWS4SigningResult signature = new AWS4Signer()
            .SignRequest(request, config, new RequestMetrics(), keys.AccessKey, keys.SecretKey, now);
        request.Headers["Authorization"] = signature.ForAuthorizationHeader;
    }

    private IRequest Request(string method, string path) => new DefaultRequest(new Nothing(), service.Name)
    {
        HttpMethod = method,
        Endpoint = Endpoint,
        ResourcePath = path,
        AuthenticationRegion = SigningRegion,
        OverrideSigningServiceName = service.Name,
    };

    private async Task<string> SendAsync(string action, Func<IRequest> make, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(action, make(), cancellation);
            }
            catch (AwsApiException e) when (e.IsTransient && attempt < Attempts)
            {
                // Doubled each time up to about six seconds, with jitter so that callers that were throttled together do not retry
                // together.
                double most = 400 * Math.Pow(2, attempt - 1);
#pragma warning disable CA5394 // Only for jitter.
                await _wait(TimeSpan.FromMilliseconds(most / 2 + Random.Shared.NextDouble() * most / 2), cancellation);
#pragma warning restore CA5394
            }
        }
    }

    private async Task<string> AttemptAsync(string action, IRequest request, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(AttemptTimeout);
        try
        {
            Sign(request, await credentials.GetCredentialsAsync(), DateTime.UtcNow);
            using HttpRequestMessage message = Message(request);
            using HttpResponseMessage answer = await Http.SendAsync(message, timeout.Token);
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
            throw new AwsApiException(service.Host, action, AwsApiException.Unreachable, $"{Endpoint.Host}: {reason}", null, e);
        }
        catch (AmazonClientException e)
        {
            throw new OperationException(ExitCode.WrongAccount, $"the AWS credentials cannot be used: {e.Message}",
                "sign in again (aws sso login --profile NAME)", e);
        }
    }

    private static HttpRequestMessage Message(IRequest request)
    {
        string path = request.PathResources.Aggregate(
            request.ResourcePath, (path, each) => path.Replace(each.Key, Uri.EscapeDataString(each.Value), StringComparison.Ordinal));
        string query =
            string.Join('&', request.Parameters.Select(each => $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(each.Value)}"));
        var message = new HttpRequestMessage(
            new HttpMethod(request.HttpMethod), new Uri(request.Endpoint, path + (query.Length > 0 ? "?" + query : "")));
        if (request.Content is { } content)
            message.Content = new ByteArrayContent(content);
        foreach ((string name, string value) in request.Headers)
        {
            if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
                message.Headers.Host = value;
            else if (name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            else
                message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static JObject Parse(string text)
    {
        if (text.Length == 0)
            return [];
        // Timestamps are kept as the service wrote them.
        using var json = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JToken.Load(json) as JObject ?? new JObject { ["value"] = text };
    }

    private static XElement Xml(string text)
    {
        XElement root = XElement.Parse(text);
        foreach (XElement element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root;
    }

    private sealed class Nothing : AmazonWebServiceRequest;
}
