using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>A check of policies; its id is its class name.</summary>
public abstract class PolicyRule
{
    /// <summary>Name in findings and suppressions.</summary>
    public string Id => GetType().Name;

    /// <summary>What it requires, in one sentence.</summary>
    public abstract string Requirement { get; }

    /// <summary>Findings in the policies of a deployment.</summary>
    public abstract IEnumerable<PolicyFinding> Check(PolicySet policies);

    /// <summary>A finding in a statement.</summary>
    protected PolicyFinding Finding(StackPolicy policy, StackStatement? statement, string wrong, string allowed, string fix) =>
        new(Id, policy.Stack, policy.Element.Address, statement?.Sid, Plain(wrong), Plain(allowed), fix);

    /// <summary>The first items of a list, for display.</summary>
    protected static string Few(IEnumerable<string> texts, int most = 4)
    {
        string[] all = [.. texts.Distinct()];
        return all.Length <= most ? string.Join(", ", all) : $"{string.Join(", ", all.Take(most))} and {all.Length - most} more";
    }

    private static string Plain(string text) => text.Replace(Wildcard.Unknown.ToString(), "(unknown)", StringComparison.Ordinal);
}
