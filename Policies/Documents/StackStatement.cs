namespace Infra.Policies.Documents;

/// <summary>One statement of a policy, with Terraform expressions resolved as far as the synthesized JSON allows.</summary>
/// <param name="Sid">Its Sid; none if it has none.</param>
/// <param name="Effect"><c>Allow</c> or <c>Deny</c>.</param>
public sealed record StackStatement(string? Sid, string? Effect)
{
    public IReadOnlyList<string> Actions { get; init; } = [];

    public IReadOnlyList<string> NotActions { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    public IReadOnlyList<string> NotResources { get; init; } = [];

    /// <summary>Principals; empty in identity-based policies.</summary>
    public IReadOnlyList<StatementPrincipal> Principals { get; init; } = [];

    /// <summary>Whether it has NotPrincipal.</summary>
    public bool HasNotPrincipal { get; init; }

    public IReadOnlyList<StatementCondition> Conditions { get; init; } = [];

    public bool Allows => Effect == "Allow";

    /// <summary>Service principals: <c>ecs-tasks.amazonaws.com</c>.</summary>
    public IEnumerable<string> Services => Principals.Where(principal => principal.Kind == "Service").Select(principal => principal.Id);

    /// <summary>Whether it applies to an action, by Action or NotAction.</summary>
    /// <param name="action">Action: <c>s3:GetObject</c>.</param>
    public bool IsAbout(string action) => NotActions.Count > 0
        ? !NotActions.Any(pattern => Wildcard.Matches(pattern, action, ignoreCase: true))
        : Actions.Any(pattern => Wildcard.Matches(pattern, action, ignoreCase: true));
}

/// <param name="Kind">AWS, Service, Federated, CanonicalUser, or * for everyone.</param>
/// <param name="Id">ARN, account, service principal or provider.</param>
public sealed record StatementPrincipal(string Kind, string Id);

/// <param name="Operator"><c>StringEquals</c>, <c>ForAllValues:StringLike</c>, <c>ArnLikeIfExists</c>.</param>
/// <param name="Key"><c>aws:SourceAccount</c></param>
/// <param name="Values">Values that the key is compared with.</param>
public sealed record StatementCondition(string Operator, string Key, IReadOnlyList<string> Values)
{
    private const string IfExists = "IfExists";

    /// <summary>The operator without set qualifier and IfExists: <c>StringLike</c>.</summary>
    public string BaseOperator
    {
        get
        {
            string name = Operator[(Operator.IndexOf(':', StringComparison.Ordinal) + 1)..];
            return name.EndsWith(IfExists, StringComparison.Ordinal) ? name[..^IfExists.Length] : name;
        }
    }

    /// <summary>Whether it compares a multivalued key.</summary>
    public bool IsOfSet =>
        Operator.StartsWith("ForAllValues:", StringComparison.Ordinal) || Operator.StartsWith("ForAnyValue:", StringComparison.Ordinal);

    /// <summary>Whether a request without the key can satisfy it.</summary>
    public bool AllowsMissingKey =>
        Operator.EndsWith(IfExists, StringComparison.Ordinal) || Operator.StartsWith("ForAllValues:", StringComparison.Ordinal)
        || BaseOperator is "Null" || BaseOperator.Contains("Not", StringComparison.Ordinal);

    public bool Is(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);
}
