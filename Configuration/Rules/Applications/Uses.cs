using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Applications;

internal static class Uses
{
    private static readonly string[] Access = ["read", "write", "readwrite"];
    private static readonly string[] QueueAccess = [QueueUse.Send, QueueUse.Receive];

    [Rule("applications/uses",
        "Resources that an application uses exist, and are listed once with the access, `files:readwrite`, or for queues with each, "
            + "`orders:send`.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach (Application application in Application.Of(config))
        {
            string path = $"{application.Path}.uses";
            IEnumerable<RuleViolation> problems =
                Check($"{path}.buckets", application.Uses.Buckets, "bucket", "buckets", [.. config.Buckets.Keys])
                .Concat(Check($"{path}.tables", application.Uses.Tables, "table", "tables", [.. config.Tables.Keys]));
            problems = problems.Concat(CheckQueues($"{path}.queues", application.Uses.Queues, [.. config.Queues.Keys]));
            foreach (RuleViolation problem in problems.Concat(CheckAgents($"{path}.agents", application.Uses.Agents, config.Agents)))
                yield return problem;
        }
    }

    private static IEnumerable<RuleViolation> CheckQueues(string path, IReadOnlyList<string> uses, IReadOnlyCollection<string> known)
    {
        for (int i = 0; i < uses.Count; i++)
        {
            string[] parts = uses[i].Split(':');
            if (parts is not [_, QueueUse.Send or QueueUse.Receive])
                yield return new RuleViolation(ConfigPath.Item(path, i),
                    $"{Scalars.Show(uses[i])} is not a queue with send or receive; nearest: {parts[0]}:"
                        + (parts.Length < 2 ? QueueUse.Send : ClosestMatch.Text(parts[1], QueueAccess) ?? QueueUse.Send));
            else if (!known.Contains(parts[0]))
                yield return new RuleViolation(ConfigPath.Item(path, i),
                    $"{Scalars.Show(parts[0])} is not a queue{ClosestMatch.Known(parts[0], known, "queues")}", "queues");
        }
    }

    private static IEnumerable<RuleViolation> CheckAgents(
        string path, IReadOnlyList<string> uses, IReadOnlyDictionary<string, AgentConfig> agents)
    {
        for (int i = 0; i < uses.Count; i++)
        {
            if (!agents.TryGetValue(uses[i], out AgentConfig? agent))
                yield return new RuleViolation(ConfigPath.Item(path, i),
                    $"{Scalars.Show(uses[i])} is not an agent{ClosestMatch.Known(uses[i], [.. agents.Keys], "agents")}", "agents");
            else if (agent.Authorizer == AgentAuthorizer.Cognito)
                yield return new RuleViolation(
                    ConfigPath.Item(path, i),
                    $"{Scalars.Show(uses[i])} accepts tokens of the user pool and no role; set \"authorizer\": \"iam\" for it, or leave "
                        + "it out here", ConfigPath.Join("agents", uses[i]));
        }
    }

    private static IEnumerable<RuleViolation> Check(
        string path, IReadOnlyList<string> uses, string kind, string section, IReadOnlyCollection<string> known)
    {
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < uses.Count; i++)
        {
            string itemPath = ConfigPath.Item(path, i);
            string[] parts = uses[i].Split(':');
            if (parts.Length != 2 || !Access.Contains(parts[1]))
            {
                string access = parts.Length < 2 ? "read" : ClosestMatch.Text(parts[1], Access) ?? "read";
                yield return new RuleViolation(
                    itemPath, $"{Scalars.Show(uses[i])} is not a {kind} with read, write or readwrite; nearest: {parts[0]}:{access}");
            }
            else if (!known.Contains(parts[0]))
            {
                yield return new RuleViolation(
                    itemPath, $"{Scalars.Show(parts[0])} is not a {kind}{ClosestMatch.Known(parts[0], known, section)}", section);
            }
            else if (!earlier.Add(parts[0]))
            {
                yield return new RuleViolation(itemPath, $"{Scalars.Show(parts[0])} is named twice; write {parts[0]}:readwrite for both");
            }
        }
    }
}
