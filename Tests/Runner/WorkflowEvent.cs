using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>An event that triggers a workflow.</summary>
/// <param name="Name">Event: <c>push</c>.</param>
/// <param name="Ref">Ref of the run: <c>refs/heads/main</c>, <c>refs/pull/7/merge</c>.</param>
internal sealed record WorkflowEvent(string Name, string Ref)
{
    public static WorkflowEvent Push(string branch) => new("push", $"refs/heads/{branch}");

    public static WorkflowEvent Dispatch(string branch) => new("workflow_dispatch", $"refs/heads/{branch}");

    public static WorkflowEvent Schedule { get; } = new("schedule", "refs/heads/main");

    /// <summary>A pull request onto the branch.</summary>
    public static WorkflowEvent PullRequest(int number, string onto, bool fork = false) =>
        new("pull_request", $"refs/pull/{number}/merge") { Number = number, Base = onto, Fork = fork };

    public int Number { get; private init; }

    public string Base { get; private init; } = "";

    public bool Fork { get; private init; }

    /// <summary>User who caused it.</summary>
    public string Actor { get; init; } = "ada";

    /// <summary>The context <c>github</c>.</summary>
    public JObject Github(string repository) => new()
    {
        ["actor"] = Actor,
        ["event_name"] = Name,
        ["repository"] = repository,
        ["ref"] = Ref,
        ["ref_name"] = Ref.Replace("refs/heads/", "", StringComparison.Ordinal).Replace("refs/", "", StringComparison.Ordinal),
        ["base_ref"] = Base,
        ["event"] = new JObject
        {
            ["number"] = Number,
            ["pull_request"] =
                new JObject { ["head"] = new JObject { ["repo"] = new JObject { ["full_name"] = Fork ? "stranger/fork" : repository } } },
        },
    };
}
