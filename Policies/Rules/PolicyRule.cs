using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>One check of policies; its id is the name of its class.</summary>
public abstract class PolicyRule
{
    /// <summary>Name by which findings and suppressions call it.</summary>
    public string Id => GetType().Name;

    /// <summary>What is wrong in the policies of a deployment.</summary>
    public abstract IEnumerable<PolicyFinding> Check(PolicySet policies);

    /// <summary>A finding in a statement.</summary>
    protected PolicyFinding Finding(StackPolicy policy, StackStatement? statement, string wrong, string allowed, string fix) =>
        new(Id, policy.Stack, policy.Element.Address, statement?.Sid, Plain(wrong), Plain(allowed), fix);

    /// <summary>A few of many, for people.</summary>
    protected static string Few(IEnumerable<string> texts, int most = 4)
    {
        string[] all = [.. texts.Distinct()];
        return all.Length <= most ? string.Join(", ", all) : $"{string.Join(", ", all.Take(most))} and {all.Length - most} more";
    }

    private static string Plain(string text) => text.Replace(Wildcard.Unknown.ToString(), "(unknown)", StringComparison.Ordinal);
}
