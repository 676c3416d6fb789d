using System.Net;
using System.Web;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// The part of GitHub's REST API that <c>./infra github</c> and <c>.github/actions/setup</c> use, on loopback: comments, issues,
/// protection, runs and artifacts of one repository.
/// </summary>
internal sealed class FakeGitHub : IDisposable
{
    private readonly StubHttpServer _server;
    private readonly Lock _gate = new();
    private readonly List<(string Workflow, string Branch, JObject Inputs)> _dispatches = [];
    private readonly Dictionary<string, (string Repository, bool ReadsActions)> _tokens = new(StringComparer.Ordinal);
    private int _last = 100;

    public FakeGitHub(string repository)
    {
        Repository = repository;
        Reads = new FakeRepositorySettings(this);
        _server = new StubHttpServer((HttpListenerRequest request, string body) =>
        {
            string[] path = request.Url!.AbsolutePath.TrimStart('/').Split('/');
            string token = (request.Headers["Authorization"] ?? "").Replace("Bearer ", "", StringComparison.Ordinal);
            if (path is [_, _, _, "actions", "artifacts" or "runs", ..])
                return RefusalOfArtifacts(token, $"{path[1]}/{path[2]}") ?? Artifacts.Answer(Repository, path[4..], request);
            (int status, JToken answer) = Answer(request, path, token, body.Length == 0 ? [] : JObject.Parse(body));
            return StubResponse.Text((status, answer.ToString()));
        });
    }

    /// <summary>Whether the repository is private.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>Tokens that can read the artifacts of the repository, although it is private and they are not of its jobs.</summary>
    public HashSet<string> ArtifactTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs and their artifacts.</summary>
    public FakeArtifacts Artifacts { get; } = new();

    public string Repository { get; }

    public Uri Url => _server.Url;

    /// <summary>Comments by the number of their pull request.</summary>
    public List<(int Pull, JObject Comment)> Comments { get; } = [];

    public List<JObject> Issues { get; } = [];

    /// <summary>Other settings that were put to the repository, by path: environments, branch protection.</summary>
    public Dictionary<string, JObject> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>What GitHub returns of the settings.</summary>
    public FakeRepositorySettings Reads { get; }

    /// <summary>Whether the GitHub plan has required reviewers for the repository.</summary>
    public bool HasReviewers { get; set; } = true;

    /// <summary>Branches that may deploy to an environment.</summary>
    public List<(string Environment, string Branch)> DeploymentBranches { get; } = [];

    /// <summary>Workflows that were dispatched since the last call. https://docs.github.com/rest/actions/workflows</summary>
    public IReadOnlyList<(string Workflow, string Branch, JObject Inputs)> TakeDispatches()
    {
        lock (_gate)
        {
            (string, string, JObject)[] taken = [.. _dispatches];
            _dispatches.Clear();
            return taken;
        }
    }

    /// <summary>The token of a job of a repository.</summary>
    /// <param name="repository">Repository that runs the workflow.</param>
    /// <param name="readsActions">Whether it has the permission <c>actions: read</c>.</param>
    public string IssueToken(string repository, bool readsActions)
    {
        lock (_gate)
        {
            string token = $"token-{_tokens.Count}";
            _tokens[token] = (repository, readsActions);
            return token;
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        Artifacts.Dispose();
    }

    /// <summary>
    /// A job's token reads artifacts of its own repository with a permission, and those of public repositories:
    /// https://docs.github.com/rest/actions/artifacts
    /// </summary>
    private StubResponse? RefusalOfArtifacts(string token, string repository)
    {
        lock (_gate)
        {
            bool isJob = _tokens.TryGetValue(token, out (string Repository, bool ReadsActions) job);
            bool isVisible = ArtifactTokens.Contains(token) || (isJob && (!IsPrivate || job.Repository == Repository));
            if (repository != Repository || !isVisible)
                return StubResponse.Text((404, """{ "message": "Not Found" }"""));
            return isJob && job.Repository == Repository && !job.ReadsActions
                ? StubResponse.Text((403, """{ "message": "Resource not accessible by integration" }"""))
                : null;
        }
    }

    private (int Status, JToken Answer) Answer(HttpListenerRequest request, string[] path, string token, JObject body)
    {
        if (token != "desk-token" && !_tokens.ContainsKey(token))
            return (401, new JObject { ["message"] = "Bad credentials" });
        if (path is ["users", var user])
            return (200, Reads.User(user));
        lock (_gate)
        {
            if (request.HttpMethod == "GET" && Reads.Answer(path) is { } read)
                return read;
            if ($"{path[1]}/{path[2]}" != Repository)
                return (404, new JObject { ["message"] = "Not Found" });
            return (request.HttpMethod, path[3..]) switch
            {
                ("GET", ["issues", var pull, "comments"]) =>
                    (200, Page(request, Comments.Where(comment => comment.Pull == Number(pull)).Select(comment => comment.Comment))),
                ("POST", ["issues", var pull, "comments"]) => (201, Add(body, comment => Comments.Add((Number(pull), comment)))),
                ("PATCH", ["issues", "comments", var id]) =>
                    (200, Merge(Comments.Single(comment => (int)comment.Comment["id"]! == Number(id)).Comment, body)),
                ("GET", ["issues"]) =>
                    (200, Page(
                        request, Issues.Where(issue => (string?)issue["state"] == "open"
                            && Labels(issue).Contains(HttpUtility.ParseQueryString(request.Url!.Query)["labels"])))),
                ("POST", ["issues"]) => (201, Add(body, Issues.Add)),
                ("PATCH", ["issues", var number]) => (200, Merge(Issues.Single(issue => (int)issue["number"]! == Number(number)), body)),
                ("PUT", ["environments", _]) when !HasReviewers && body["reviewers"]!.Any() =>
                    (422, new JObject { ["message"] = "Failed to create the environment protection rule." }),
                ("PUT", ["environments", _] or ["branches", _, "protection"]) => (200, Settings[string.Join('/', path[3..])] = body),
                ("GET", ["environments", var environment, "deployment-branch-policies"]) => (200, new JObject
                {
                    ["branch_policies"] =
                        new JArray(DeploymentBranches.Where(entry => entry.Environment == environment)
                            .Select(entry => new JObject { ["name"] = entry.Branch })),
                }),
                ("POST", ["environments", var environment, "deployment-branch-policies"]) =>
                    (200, Allow(environment, (string)body["name"]!)),
                ("POST", ["actions", "workflows", var workflow, "dispatches"]) => (204, Dispatch(workflow, body)),
                _ => (404, new JObject { ["message"] = $"no fake for {request.HttpMethod} {request.Url!.AbsolutePath}" }),
            };
        }
    }

    private JObject Allow(string environment, string branch)
    {
        DeploymentBranches.Add((environment, branch));
        return [];
    }

    private JObject Dispatch(string workflow, JObject body)
    {
        _dispatches.Add((workflow, (string)body["ref"]!, (JObject?)body["inputs"] ?? []));
        return [];
    }

    private static JArray Page(HttpListenerRequest request, IEnumerable<JObject> all)
    {
        var query = HttpUtility.ParseQueryString(request.Url!.Query);
        int size = Number(query["per_page"]!), page = Number(query["page"]!);
        return new JArray(all.Skip(size * (page - 1)).Take(size));
    }

    private JObject Add(JObject body, Action<JObject> add)
    {
        _last++;
        body["id"] = _last;
        body["number"] = _last;
        body["state"] = "open";
        add(body);
        return body;
    }

    private static JObject Merge(JObject element, JObject body)
    {
        element.Merge(body, new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Replace });
        return element;
    }

    private static IEnumerable<string?> Labels(JObject issue) => issue["labels"]!.Select(label => (string?)label);

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
