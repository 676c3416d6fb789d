using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Web;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// Runs of the fake GitHub's repository, and the artifacts that they have uploaded, which another server stores as on GitHub:
/// https://docs.github.com/rest/actions/artifacts
/// </summary>
internal sealed class FakeArtifacts : IDisposable
{
    private readonly StubHttpServer _storage;
    private readonly Lock _gate = new();
    private readonly List<JObject> _runs = [];
    private readonly List<FakeArtifact> _artifacts = [];

    public FakeArtifacts() => _storage = new StubHttpServer((request, _) => request.Headers["Authorization"] is null
        ? new StubResponse(200, Artifact(request.Url!.AbsolutePath.Trim('/')).Archive)
        : StubResponse.Text((400, "the address is signed; another authorization is not allowed")));

    /// <summary>The artifacts of a name, newest first.</summary>
    public IReadOnlyList<FakeArtifact> Named(string name)
    {
        lock (_gate) return [.. _artifacts.Where(artifact => artifact.Name == name).Reverse()];
    }

    /// <summary>A run, whose properties a test may change.</summary>
    public JObject Run(long id)
    {
        lock (_gate) return _runs.Single(run => (long)run["id"]! == id);
    }

    /// <summary>Records a run.</summary>
    /// <returns>Its id.</returns>
    public long StartRun(string trigger, string commit, string workflow, string repository, string headRepository)
    {
        lock (_gate)
        {
            _runs.Add(new JObject
            {
                ["id"] = _runs.Count + 1,
                ["event"] = trigger,
                ["head_sha"] = commit,
                ["path"] = workflow,
                ["repository"] = new JObject { ["full_name"] = repository },
                ["head_repository"] = new JObject { ["full_name"] = headRepository },
            });
            return _runs.Count;
        }
    }

    /// <summary>Uploads a folder as an artifact, whose name must be new in the run.</summary>
    public void Upload(long run, string name, string folder)
    {
        using var archive = new MemoryStream();
        ZipFile.CreateFromDirectory(folder, archive, CompressionLevel.NoCompression, includeBaseDirectory: false);
        lock (_gate)
        {
            if (_artifacts.Any(artifact => artifact.Run == run && artifact.Name == name))
                throw new InvalidOperationException($"Conflict: an artifact with this name already exists on the workflow run: {name}");
            _artifacts.Add(new FakeArtifact(_artifacts.Count + 1, name, run, archive.ToArray()));
        }
    }

    /// <summary>Response to a request for <c>actions/artifacts</c> or <c>actions/runs</c> of a repository.</summary>
    /// <param name="repository">Repository.</param>
    /// <param name="path">Parts of the path after <c>actions</c>.</param>
    /// <param name="request">Request.</param>
    public StubResponse Answer(string repository, string[] path, HttpListenerRequest request)
    {
        switch (path)
        {
            case ["artifacts"]:
                IReadOnlyList<FakeArtifact> named = Named(HttpUtility.ParseQueryString(request.Url!.Query)["name"]!);
                return Json(
                    200, new JObject { ["total_count"] = named.Count, ["artifacts"] = new JArray(named.Select(each => each.Json)) });
            case ["artifacts", var id, "zip"] when Artifact(id).IsExpired:
                return Json(410, new JObject { ["message"] = "Artifact has expired" });
            case ["artifacts", var id, "zip"]:
                return new StubResponse(302, []) { Location = new Uri(_storage.Url, id) };
            case ["runs", var id] when (string?)Run(Number(id))["repository"]!["full_name"] == repository:
                return Json(200, Run(Number(id)));
            default:
                return Json(404, new JObject { ["message"] = "Not Found" });
        }
    }

    public void Dispose() => _storage.Dispose();

    private FakeArtifact Artifact(string id)
    {
        lock (_gate) return _artifacts.Single(artifact => artifact.Id == Number(id));
    }

    private static StubResponse Json(int status, JObject content) => StubResponse.Text((status, content.ToString()));

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An artifact of the fake GitHub.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Run">Run that has uploaded it.</param>
/// <param name="Archive">A zip archive of its files.</param>
internal sealed record FakeArtifact(long Id, string Name, long Run, byte[] Archive)
{
    /// <summary>Digest that the API states.</summary>
    public string Digest { get; set; } = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Archive))}";

    public bool IsExpired { get; set; }

    public JObject Json => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["size_in_bytes"] = Archive.Length,
        ["expired"] = IsExpired,
        ["digest"] = Digest,
        ["workflow_run"] = new JObject { ["id"] = Run },
    };
}
