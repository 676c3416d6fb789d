using System.Net.Http.Headers;
using Infra.Operations.Images;
using Infra.Operations.Output;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Images;

/// <summary>Downloads an image of a public registry. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull</summary>
/// <param name="registry">Address of the registry.</param>
/// <param name="repository">Repository.</param>
/// <param name="tag">Tag.</param>
internal sealed class PublicImage(Uri registry, string repository, string tag) : IDisposable
{
    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        ImageManifest.OciType, "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };
    private string _token = "";

    /// <summary>Manifest of the architecture.</summary>
    public JObject Manifest { get; private set; } = [];

    /// <summary>Configuration of the architecture.</summary>
    public JObject Config { get; private set; } = [];

    public void Dispose() => _http.Dispose();

    /// <summary>Reads manifest and configuration.</summary>
    /// <param name="architecture">Architecture as OCI names it: <c>amd64</c>.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task ReadAsync(string architecture, CancellationToken cancellation)
    {
        // Anonymous access still needs a token: https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html
        _token = (string?)Parse(await GetAsync($"token/?service=public.ecr.aws&scope=repository:{repository}:pull", cancellation))["token"]
            ?? "";
        JObject found = Parse(await GetAsync($"v2/{repository}/manifests/{tag}", cancellation));
        if (found["manifests"] is JArray several)
        {
            string digest = several
                .Where(each => (string?)each.SelectToken("platform.architecture") == architecture
                    && (string?)each.SelectToken("platform.os") == "linux")
                .Select(each => (string?)each["digest"]).FirstOrDefault()
                ?? throw OperationException.Failed($"{registry.Host}/{repository}:{tag} has no image for {architecture}");
            byte[] manifest = await GetAsync($"v2/{repository}/manifests/{digest}", cancellation);
            Check(digest, manifest);
            found = Parse(manifest);
        }

        Manifest = found;
        Config = Parse(await BlobAsync((string)found.SelectToken("config.digest")!, cancellation));
    }

    /// <summary>A layer or configuration, verified with its digest.</summary>
    public async Task<byte[]> BlobAsync(string digest, CancellationToken cancellation)
    {
        byte[] content = await GetAsync($"v2/{repository}/blobs/{digest}", cancellation);
        Check(digest, content);
        return content;
    }

    private static void Check(string digest, byte[] content)
    {
        if (ImageManifest.DigestOf(content) != digest)
            throw OperationException.Failed($"the registry's response does not match {digest}");
    }

    private async Task<byte[]> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(registry, path));
        if (_token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        foreach (string type in ManifestTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsByteArrayAsync(cancellation)
                : throw OperationException.Failed(
                    $"{registry.Host} answers {(int)answer.StatusCode} for {path}", "look at the network, then run the same command again");
        }
        catch (HttpRequestException e)
        {
            throw OperationException.Failed(
                $"{registry.Host} was not reached: {e.Message}", "look at the network, then run the same command again");
        }
    }

    private static JObject Parse(byte[] content)
    {
        using var json = new JsonTextReader(new StreamReader(new MemoryStream(content))) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(json);
    }
}
