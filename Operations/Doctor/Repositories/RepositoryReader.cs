using System.Net;
using Infra.Operations.GitHub;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>Reads settings of a repository. A token that is not valid is an error, one with too few permissions is not.</summary>
internal sealed class RepositoryReader(GitHubApi github, CancellationToken cancellation)
{
    /// <summary>Reads an object of the repository.</summary>
    public Task<Reading<JObject>> ObjectAsync(string path) => ReadAsync(async () =>
        (JObject)await github.SendAsync(HttpMethod.Get, path, body: null, cancellation));

    /// <summary>Reads an object outside of the repository.</summary>
    public Task<Reading<JObject>> OtherAsync(string path) => ReadAsync(async () => (JObject)await github.GetAsync(path, cancellation));

    /// <summary>Reads all elements of a list.</summary>
    /// <param name="path">Path below the repository.</param>
    /// <param name="property">Property of the response that has the list; null means that the response is the list.</param>
    public Task<Reading<JArray>> ListAsync(string path, string? property = null) => ReadAsync(async () =>
        new JArray(await github.ListAsync(path, cancellation, property).ToArrayAsync(cancellation)));

    private static async Task<Reading<T>> ReadAsync<T>(Func<Task<T>> read) where T : JToken
    {
        try
        {
            return new Reading<T>(await read(), Refusal: null);
        }
        catch (GitHubException e) when (e.Status is not HttpStatusCode.Unauthorized)
        {
            return new Reading<T>(Content: null, e);
        }
    }
}
