using System.Net;
using System.Web;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// The part of GitHub's REST API that <c>./infra github</c> uses, on loopback: comments, issues and protection of one repository.
/// </summary>
internal sealed class FakeGitHub : IDisposable
{
    private readonly StubHttpServer _server;
    private readonly Lock _gate = new();
    private readonly List<(string Workflow, string Branch, JObject Inputs)> _dispatches = [];
    private int _last = 100;

    public FakeGitHub(string repository)
    {
        Repository = repository;
        Reads = new FakeRepositorySettings(this);
        _server = new StubHttpServer((request, body) =>
        {
            (int status, JToken answer) = Answer(request, body.Length == 0 ? [] : JObject.Parse(body));
            return (status, answer.ToString());
        });
    }

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

    public void Dispose() => _server.Dispose();

    private (int Status, JToken Answer) Answer(HttpListenerRequest request, JObject body)
    {
        if (request.Headers["Authorization"] != "Bearer desk-token")
            return (401, new JObject { ["message"] = "Bad credentials" });
        string[] path = request.Url!.AbsolutePath.TrimStart('/').Split('/');
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
                            && Labels(issue).Contains(HttpUtility.ParseQueryString(request.Url.Query)["labels"])))),
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
                _ => (404, new JObject { ["message"] = $"no fake for {request.HttpMethod} {request.Url.AbsolutePath}" }),
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
