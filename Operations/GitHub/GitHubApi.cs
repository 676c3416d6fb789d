using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>GitHub's REST API of the repository that a workflow runs in, with the job's token. https://docs.github.com/rest</summary>
internal sealed partial class GitHubApi : IDisposable
{
    private const int PageSize = 100;

    private const string Permissions =
        "the token needs the permission: pull-requests: write for comments, issues: write for issues, actions: write for dispatch, "
        + "administration: write for protect, metadata: read for doctor";

    private readonly HttpClient _client;

    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="repository">Repository, owner/name; null means the one of the workflow.</param>
    /// <exception cref="OperationException">A variable of the workflow is not set, or the repository is no owner/name.</exception>
    public GitHubApi(Func<string, string?> variable, string? repository = null)
    {
        string Need(string name) => variable(name) is { Length: > 0 } value
            ? value
            : throw OperationException.BadInput(
                $"{name} is not set",
                "a workflow has GITHUB_REPOSITORY and passes GITHUB_TOKEN: ${{ github.token }}; elsewhere set both: "
                    + "GITHUB_REPOSITORY=owner/name GITHUB_TOKEN=$(gh auth token)\n"
                    + "github protect and doctor github take --repository owner/name instead of GITHUB_REPOSITORY");

        Repository = repository ?? Need("GITHUB_REPOSITORY");
        if (!RepositoryName().IsMatch(Repository))
            throw OperationException.BadInput($"{Repository} is no repository", "owner/name, for example acme/shop");
        _client = new HttpClient
        {
            BaseAddress = new Uri(variable("GITHUB_API_URL") is { Length: > 0 } url ? url.TrimEnd('/') + "/" : "https://api.github.com/"),
            Timeout = TimeSpan.FromSeconds(30),
        };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Need("GITHUB_TOKEN"));
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("infra", "1"));
        _client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    /// <summary>Owner and name of the repository.</summary>
    public string Repository { get; }

    /// <summary>All elements of a list of the repository, from all pages.</summary>
    /// <param name="path">Path below the repository.</param>
    /// <param name="cancellation">Cancels the requests.</param>
    /// <param name="property">Property of the response that has the list; null means that the response is the list.</param>
    public async IAsyncEnumerable<JObject> ListAsync(
        string path,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation,
        string? property = null)
    {
        for (int page = 1; ; page++)
        {
            string separator = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
            JToken answer = await SendAsync(HttpMethod.Get, $"{path}{separator}per_page={PageSize}&page={page}", body: null, cancellation);
            JToken list = property is null ? answer : answer[property] ?? new JArray();
            foreach (JObject element in list.Children<JObject>())
                yield return element;
            if (list.Count() < PageSize)
                yield break;
        }
    }

    /// <summary>Sends a request for the repository.</summary>
    /// <param name="method">Method.</param>
    /// <param name="path">Path below the repository.</param>
    /// <param name="body">Body; null means none.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <param name="refused">What to do if GitHub refuses a valid token's request; otherwise the permissions of the token.</param>
    public Task<JToken> SendAsync(
        HttpMethod method, string path, JObject? body, CancellationToken cancellation, string? refused = null) =>
        SendAnywhereAsync(method, $"repos/{Repository}/{path}".TrimEnd('/'), body, cancellation, refused);

    /// <summary>Gets a resource outside the repository: <c>users/octocat</c>.</summary>
    public Task<JToken> GetAsync(string path, CancellationToken cancellation) =>
        SendAnywhereAsync(HttpMethod.Get, path, body: null, cancellation);

    public void Dispose() => _client.Dispose();

    private async Task<JToken> SendAnywhereAsync(
        HttpMethod method, string path, JObject? body, CancellationToken cancellation, string? refused = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToString(Newtonsoft.Json.Formatting.None), Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellation);
            string text = await response.Content.ReadAsStringAsync(cancellation);
            if (response.IsSuccessStatusCode)
                return text.Length == 0 ? JValue.CreateNull() : JToken.Parse(text);
            throw new GitHubException(
                response.StatusCode, $"{method} {path}", Message(text),
                refused is not null && response.StatusCode is (HttpStatusCode.UnprocessableEntity or HttpStatusCode.Forbidden)
                    ? $"{refused}; {Permissions}"
                    : Permissions);
        }
        catch (HttpRequestException e)
        {
            throw OperationException.Failed($"GitHub's API at {_client.BaseAddress} was not reached: {e.Message}");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$")]
    private static partial Regex RepositoryName();

    private static string Message(string text)
    {
        try
        {
            return (string?)JObject.Parse(text)["message"] ?? "no message";
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return "no message";
        }
    }
}
