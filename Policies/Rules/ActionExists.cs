using Infra.Policies.Reference;

namespace Infra.Policies.Rules;

/// <summary>Every action must match at least one action of AWS.</summary>
/// <remarks>
/// A misspelled action grants nothing, and IAM does not report it. https://docs.aws.amazon.com/service-authorization/latest/reference/
/// </remarks>
internal sealed class ActionExists : PolicyRule
{
    public override string Requirement => "Every action matches at least one action of AWS.";

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        from entry in policies.Statements
        from action in entry.Statement.Actions.Concat(entry.Statement.NotActions)
        where action != "*" && policies.Reference.Match(action).Count == 0
        select Finding(entry.Policy, entry.Statement, $"{action} is not an action of AWS", Allowed(policies.Reference, action),
            "correct the name or remove the action");

    private static string Allowed(ServiceAuthorization reference, string action)
    {
        int colon = action.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return "service:Action";
        if (reference.Service(action[..colon]) is not { } service)
            return $"a service prefix, such as {Few(ClosestMatch(reference.Prefixes, action[..colon]))}";
        return Few(ClosestMatch(service.Actions.Values.Select(each => each.Name), action));
    }

    private static IEnumerable<string> ClosestMatch(IEnumerable<string> names, string wanted) =>
        names.OrderByDescending(name => Common(name, wanted))
            .ThenBy(name => Math.Abs(name.Length - wanted.Length))
            .ThenBy(name => name, StringComparer.Ordinal)
            .Take(3);

    // Most mistakes are at the end of a name: a plural, or another noun after the correct verb.
    private static int Common(string one, string other) =>
        one.Zip(other).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count();
}
