using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using Amazon;
using Amazon.Runtime;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Aws;

/// <summary>
/// The protocols of AWS services without an SDK client here: AWS JSON, AWS query, and REST. The typed clients of the services are in
/// <c>AwsClients</c>.
/// </summary>
/// <param name="service">Service.</param>
/// <param name="region">Region.</param>
/// <param name="credentials">Credentials to sign with.</param>
/// <param name="endpoint">Endpoint to use instead of AWS's: the emulator's.</param>
/// <param name="wait">Waits between attempts; tests replace it so that they do not wait.</param>
internal sealed class AwsApi(
    AwsService service, string region, AWSCredentials credentials, Uri? endpoint, Func<TimeSpan, CancellationToken, Task>? wait = null)
{
    private readonly SignedRequests _requests = new(
        service, service.Global ? "us-east-1" : region, credentials, endpoint ?? EndpointOf(service, region), wait ?? Task.Delay);

    internal static Uri EndpointOf(AwsService service, string region) => new(
        $"https://{service.Host}{(service.Global ? "" : "." + region)}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/");

    /// <summary>An action of a JSON service (<c>X-Amz-Target</c>): ECS, ECR, SSM, Secrets Manager, CodeBuild, Logs, ….</summary>
    /// <param name="action">Action: <c>DescribeServices</c>.</param>
    /// <param name="body">Its input; null means an empty object.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="AwsApiException">The service returned an error, or was not reached.</exception>
    public async Task<JObject> JsonAsync(string action, JObject? body = null, CancellationToken cancellation = default)
    {
        if (service.Target is not { } target)
            throw new ArgumentException($"{service.Name} does not use the JSON protocol with X-Amz-Target", nameof(action));
        return Parse(await _requests.SendAsync(
            action, HttpMethod.Post, "/", Encoding.UTF8.GetBytes((body ?? []).ToString(Formatting.None)),
            new Dictionary<string, string>
            {
                ["Content-Type"] = $"application/x-amz-json-{service.JsonVersion}",
                ["X-Amz-Target"] = $"{target}.{action}",
            }, cancellation));
    }

    /// <summary>An action of a JSON service, typed.</summary>
    /// <typeparam name="T">Type of the response, or of the member of it that is read.</typeparam>
    /// <param name="action">Action.</param>
    /// <param name="input">Its input; members that are null are left out.</param>
    /// <param name="member">Path of the member to return; null means the whole response.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The response or its member; null if the response lacks that member.</returns>
    public async Task<T?> JsonAsync<T>(string action, object input, string? member = null, CancellationToken cancellation = default) =>
        Read<T>(await JsonAsync(action, service.Json(input), cancellation), member);

    /// <summary>All elements of a list in all pages of an action of a JSON service.</summary>
    /// <typeparam name="T">Type of an element.</typeparam>
    /// <param name="action">Action.</param>
    /// <param name="input">Its input, without the pagination token.</param>
    /// <param name="member">Name of the list in the response.</param>
    /// <param name="token">Name of the token in input and output, which differs by service: <c>nextToken</c>, <c>NextToken</c>.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<IReadOnlyList<T>> ListAsync<T>(
        string action, object input, string member, string token, CancellationToken cancellation)
    {
        var all = new List<T>();
        await foreach (JObject page in PagesAsync(action, service.Json(input), token, cancellation))
            all.AddRange(Read<IReadOnlyList<T>>(page, member) ?? []);
        return all;
    }

    /// <summary>All pages of an action of a JSON service.</summary>
    /// <param name="action">Action.</param>
    /// <param name="body">Its input, without the pagination token.</param>
    /// <param name="token">Name of the token.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async IAsyncEnumerable<JObject> PagesAsync(
        string action, JObject body, string token, [EnumeratorCancellation] CancellationToken cancellation = default)
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

    /// <summary>An action of a query service: load balancers, RDS, IAM, CloudFormation.</summary>
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
        string form = Form([new("Action", action), new("Version", version), .. parameters ?? new Dictionary<string, string>()]);
        return Xml(await _requests.SendAsync(
            action, HttpMethod.Post, "/", Encoding.UTF8.GetBytes(form),
            new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8" }, cancellation));
    }

    /// <summary>All pages of an action of a query service.</summary>
    /// <param name="action">Action.</param>
    /// <param name="parameters">Its input, without the pagination token.</param>
    /// <param name="token">Name of the token: <c>NextToken</c>, <c>Marker</c>.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async IAsyncEnumerable<XElement> QueryPagesAsync(
        string action, IReadOnlyDictionary<string, string> parameters, string token,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? next = null;
        do
        {
            XElement page = await QueryAsync(
                action, next is null ? parameters : new Dictionary<string, string>(parameters) { [token] = next }, cancellation);
            yield return page;
            // The names in responses of EC2 begin with a lower-case letter.
            next = (string?)page.Descendants()
                .FirstOrDefault(element => element.Name.LocalName.Equals(token, StringComparison.OrdinalIgnoreCase));
        }
        while (!string.IsNullOrEmpty(next));
    }

    /// <summary>A request to a REST service with JSON bodies: Lambda, Scheduler, Backup.</summary>
    /// <param name="method">Method.</param>
    /// <param name="path">Path; interpolated values are escaped: <c>$"/2015-03-31/functions/{arn}"</c>.</param>
    /// <param name="body">Input; members that are null are left out; null means no body.</param>
    /// <param name="query">Query parameters.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="AwsApiException">The service returned an error, or was not reached.</exception>
    public async Task<JObject> RestAsync(
        HttpMethod method, FormattableString path, object? body = null, IReadOnlyDictionary<string, string>? query = null,
        CancellationToken cancellation = default) =>
        Parse(await RestTextAsync(
            method, path, body is null ? null : service.Json(body).ToString(Formatting.None), "application/json", query,
            cancellation: cancellation));

    /// <summary>A request to a REST service, typed.</summary>
    /// <typeparam name="T">Type of the response, or of the member of it that is read.</typeparam>
    /// <param name="method">Method.</param>
    /// <param name="path">Path.</param>
    /// <param name="body">Input.</param>
    /// <param name="member">Path of the member to return; null means the whole response.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<T> RestAsync<T>(
        HttpMethod method, FormattableString path, object? body, string? member, CancellationToken cancellation) =>
        Read<T>(await RestAsync(method, path, body, cancellation: cancellation), member)!;

    /// <summary>
    /// A request to a REST service whose input or response is not JSON: CloudFront's XML, the response of a function or an agent.
    /// </summary>
    /// <inheritdoc cref="RestAsync(HttpMethod, FormattableString, object?, IReadOnlyDictionary{string, string}?, CancellationToken)"
    /// path="/exception"/>
    public Task<string> RestTextAsync(
        HttpMethod method, FormattableString path, string? body, string contentType, IReadOnlyDictionary<string, string>? query = null,
        IReadOnlyDictionary<string, string>? headers = null, CancellationToken cancellation = default)
    {
        string escaped = string.Format(CultureInfo.InvariantCulture, path.Format, [.. path.GetArguments()
            .Select(each => Uri.EscapeDataString(Convert.ToString(each, CultureInfo.InvariantCulture) ?? ""))]);
        var all = new Dictionary<string, string>(headers ?? new Dictionary<string, string>());
        if (body is not null)
            all["Content-Type"] = contentType;
        return _requests.SendAsync(
            $"{method} {path}", method, query is { Count: > 0 } ? $"{escaped}?{Form(query)}" : escaped,
            body is null ? null : Encoding.UTF8.GetBytes(body), all, cancellation);
    }

    private static string Form(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join(
        '&', parameters.Select(each => $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(each.Value)}"));

    private static T? Read<T>(JObject answer, string? member) =>
        (member is null ? answer : answer.SelectToken(member)) is { Type: not JTokenType.Null } value ? value.ToObject<T>() : default;

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
}
