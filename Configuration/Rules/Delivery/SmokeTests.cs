using System.Text.RegularExpressions;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class SmokeTests
{
    private static readonly Dictionary<SmokeKind, Kind> Kinds = new()
    {
        [SmokeKind.Http] = new(["url", "service"], [], ["body"]),
        [SmokeKind.Tls] = new(["url", "service", "site"], []),
        [SmokeKind.Redirect] = new(["service"], []),
        [SmokeKind.Site] = new(["site"], []),
        [SmokeKind.Task] = new(["service"], ["command"], ["objects"]),
        [SmokeKind.Command] = new([], ["command"]),
        [SmokeKind.Agent] = new(["agent"], ["body"]),
        [SmokeKind.Telemetry] = new(["service"], []),
    };

    [Rule("delivery/smoke-tests", "A smoke test has the settings of its kind, and names what exists.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < config.Smoke.Count; i++)
        {
            string path = ConfigPath.Item("smoke", i);
            SmokeConfig test = config.Smoke[i];
            if (!names.Add(test.Name))
                yield return new RuleViolation($"{path}.name", $"{Scalars.Show(test.Name)} is the name of another smoke test");
            foreach (RuleViolation problem in CheckKind(test, path).Concat(CheckNamed(config, test, path)))
                yield return problem;
            if (test.Matches is { } pattern && Wrong(pattern) is { } reason)
                yield return new RuleViolation($"{path}.matches", $"is not a regular expression: {reason}");
        }
    }

    private static IEnumerable<RuleViolation> CheckKind(SmokeConfig test, string path)
    {
        if (!Kinds.TryGetValue(test.Kind, out Kind? kind))
            yield break;
        string[] given = [.. Given(test)];
        string[] asked = [.. given.Intersect(["url", "service", "site", "agent"])];
        if (kind.OneOf.Count > 0 && asked.Intersect(kind.OneOf).Count() != 1)
            yield return new RuleViolation(
                path,
                $"a smoke test of kind {test.Kind.Text()} needs {(kind.OneOf.Count > 1 ? "one of " : "")}{string.Join(", ", kind.OneOf)}");
        foreach (string needed in kind.Needs.Except(given))
            yield return new RuleViolation(path, $"a smoke test of kind {test.Kind.Text()} needs {needed}");
        foreach (string other in given.Except(kind.OneOf).Except(kind.Needs).Except(kind.Takes))
            yield return new RuleViolation($"{path}.{other}", $"is not a setting of smoke tests of kind {test.Kind.Text()}; leave it out");
    }

    private static IEnumerable<RuleViolation> CheckNamed(EnvironmentConfig config, SmokeConfig test, string path)
    {
        if (test.Service is { } service && !config.Services.ContainsKey(service))
            yield return new RuleViolation(
                $"{path}.service",
                $"{Scalars.Show(service)} is not a service{ClosestMatch.Known(service, [.. config.Services.Keys], "services")}",
                "services");
        if (test.SiteName is { } site && !config.Sites.ContainsKey(site))
            yield return new RuleViolation(
                $"{path}.site", $"{Scalars.Show(site)} is not a site{ClosestMatch.Known(site, [.. config.Sites.Keys], "sites")}", "sites");
        if (test.AgentName is { } agent && !config.Agents.ContainsKey(agent))
            yield return new RuleViolation($"{path}.agent",
                $"{Scalars.Show(agent)} is not an agent{ClosestMatch.Known(agent, [.. config.Agents.Keys], "agents")}", "agents");
        else if (test.AgentName is { } known && config.Agents[known].Authorizer == AgentAuthorizer.Cognito)
            yield return new RuleViolation(
                $"{path}.agent",
                $"{Scalars.Show(known)} accepts only users who are signed in to Cognito, which a smoke test is not; use a command that "
                    + "signs in", ConfigPath.Join("agents", known));
        bool encrypted = test.Kind is SmokeKind.Tls or SmokeKind.Redirect && test.Service is not null;
        if (encrypted && config.Domain is null)
            yield return new RuleViolation($"{path}.kind",
                $"{Scalars.Show(test.Kind)} sends HTTPS requests to a service, which require a domain; add domain.name", "domain");
    }

    private static IEnumerable<string> Given(SmokeConfig test)
    {
        if (test.Url is not null) yield return "url";
        if (test.Service is not null) yield return "service";
        if (test.SiteName is not null) yield return "site";
        if (test.AgentName is not null) yield return "agent";
        if (test.Arguments.Count > 0) yield return "command";
        if (test.Body is not null) yield return "body";
        if (test.Objects is not null) yield return "objects";
    }

    private static string? Wrong(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            return null;
        }
        catch (RegexParseException e)
        {
            return e.Message;
        }
    }

    /// <param name="OneOf">Exactly one of these is required.</param>
    /// <param name="Needs">These are required.</param>
    /// <param name="May">These are optional.</param>
    private sealed record Kind(IReadOnlyList<string> OneOf, IReadOnlyList<string> Needs, IReadOnlyList<string>? May = null)
    {
        public IReadOnlyList<string> Takes => May ?? [];
    }
}
