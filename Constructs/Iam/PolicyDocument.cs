using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Iam;

/// <summary>An IAM policy; rendered to JSON in one place, in a stable order.</summary>
internal sealed class PolicyDocument(params IEnumerable<Statement> statements)
{
    public IReadOnlyList<Statement> Statements { get; } = [.. statements];

    public string ToJson() => new JObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JArray(Statements.Select(statement => statement.ToJson())),
    }.ToString(Formatting.None);
}

/// <summary>One statement of an IAM policy.</summary>
internal sealed record Statement
{
    /// <summary>Allow or Deny.</summary>
    public string Effect { get; init; } = "Allow";

    /// <summary>Name of the statement: letters and digits.</summary>
    public string? Sid { get; init; }

    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Actions that the statement does not apply to; for boundaries and denials.</summary>
    public IReadOnlyList<string> NotActions { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    public IReadOnlyList<string> NotResources { get; init; } = [];

    /// <summary>Principal, in resource-based and trust policies; none in policies of a role.</summary>
    public Principal? Principal { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    internal JObject ToJson()
    {
        var json = new JObject();
        if (Sid is not null) json["Sid"] = Sid;
        json["Effect"] = Effect;
        if (Principal is not null) json["Principal"] = Principal.ToJson();
        Add(json, "Action", Actions);
        Add(json, "NotAction", NotActions);
        Add(json, "Resource", Resources);
        Add(json, "NotResource", NotResources);
        if (Conditions.Count > 0)
            json["Condition"] = new JObject(Conditions.GroupBy(c => c.Operator).Select(byOperator => new JProperty(
                byOperator.Key,
                new JObject(byOperator.Select(c => new JProperty(c.Key, OneOrMany(c.Values)))))));
        return json;
    }

    private static void Add(JObject json, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0) json[name] = OneOrMany(values);
    }

    // IAM returns a list of one element as a string; in the same form, a plan shows no difference.
    internal static JToken OneOrMany(IReadOnlyList<string> values) =>
        values.Count == 1 ? values[0] : new JArray(values);
}

/// <summary>Principal of a statement.</summary>
/// <param name="Kind">AWS, Service, Federated, or * for everyone.</param>
/// <param name="Ids">ARNs, service names or provider ARNs.</param>
internal sealed record Principal(string Kind, params IReadOnlyList<string> Ids)
{
    public static Principal Everyone { get; } = new("*");

    public static Principal Service(string name) => new("Service", name);

    /// <summary>The account of an ARN: all principals that the account itself allows.</summary>
    public static Principal AccountOf(string arn) => new("AWS", $"arn:aws:iam::{arn.Split(':')[4]}:root");

    internal JToken ToJson() => Kind == "*" ? "*" : new JObject { [Kind] = Statement.OneOrMany(Ids) };
}

/// <summary>One condition of a statement: <c>new("StringEquals", "aws:SourceAccount", account)</c>.</summary>
internal sealed record Condition(string Operator, string Key, params IReadOnlyList<string> Values)
{
    /// <summary>The caller is one of these roles, in any session.</summary>
    public static Condition IsRole(params IReadOnlyList<string> roleArns) => new("ArnEquals", "aws:PrincipalArn", roleArns);
}
