using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>Access across the boundary of an account.</summary>
/// <param name="Who">Principal: a GitHub token's subject and branch, another account, everyone.</param>
/// <param name="May">Allowed actions.</param>
/// <param name="What">Resource, as AWS calls it.</param>
/// <param name="Where">Source: an address in Terraform, or a key of the environment file.</param>
public sealed record CrossAccess(string Who, string May, string What, string Where);

/// <summary>
/// Which principals outside of an account are trusted in it, and what its roles may do in other accounts, according to the synthesized
/// policies.
/// </summary>
public static partial class AccessReport
{
    private const string Allow = "Allow";

    /// <summary>What principals outside of the account may do in it, by trust policies of roles and resource-based policies.</summary>
    public static IEnumerable<CrossAccess> Inward(StackJson stack, string account) =>
        from element in stack.Resources
        from statement in Statements(element)
        where statement["Principal"] is not null && (string?)statement["Effect"] == Allow
        from who in Outsiders(statement, account)
        select new CrossAccess(who, string.Join(", ", Texts(statement["Action"])), NameOf(element), element.Address);

    /// <summary>What roles of the account may do in other accounts.</summary>
    public static IEnumerable<CrossAccess> Outward(StackJson stack, string account) =>
        from element in stack.Resources
        from statement in Statements(element)
        where statement["Principal"] is null && (string?)statement["Effect"] == Allow
        from resource in Texts(statement["Resource"])
        where AccountsIn(resource).Any(other => other != account)
        select new CrossAccess(
            element.Text("name") ?? element.Name, string.Join(", ", Texts(statement["Action"])), resource, element.Address);

    /// <summary>A Markdown page of both, sorted by name.</summary>
    /// <param name="title">Heading: environment, account and region.</param>
    /// <param name="inward">Access from outside the account.</param>
    /// <param name="outward">Access of its roles to other accounts.</param>
    public static string Markdown(string title, IEnumerable<CrossAccess> inward, IEnumerable<CrossAccess> outward) =>
        $"## "
            + $"{title}\n\n{Table("Access from outside the account", "who", "on", inward)}\n{Table("Access of its roles to other accounts", "role", "on", outward)}";

    /// <summary>Rows in the order of the report, each once.</summary>
    public static IEnumerable<CrossAccess> Sorted(IEnumerable<CrossAccess> rows) =>
        rows.OrderBy(row => row.Who, StringComparer.Ordinal).ThenBy(row => row.What, StringComparer.Ordinal)
            .ThenBy(row => row.Where, StringComparer.Ordinal).Distinct();

    private static string Table(string heading, string who, string what, IEnumerable<CrossAccess> rows)
    {
        string[] lines = [.. Sorted(rows).Select(row => $"| {row.Who} | {row.May} | {row.What} | `{row.Where}` |")];
        return lines.Length == 0
            ? $"**{heading}**: nothing.\n"
            : $"**{heading}**\n\n| {who} | may | {what} | source |\n|---|---|---|---|\n{string.Join('\n', lines)}\n";
    }

    private static IEnumerable<JObject> Statements(StackElement element) =>
        from attribute in element.Arguments.Properties()
        where attribute.Value.Type == JTokenType.String
            && ((string)attribute.Value!).StartsWith("""{"Version":"2012-10-17",""", StringComparison.Ordinal)
        from statement in JObject.Parse((string)attribute.Value!)["Statement"]!
        select (JObject)statement;

    private static IEnumerable<string> Outsiders(JObject statement, string account)
    {
        if (statement["Principal"] is not JObject principal)
            return statement["Condition"] is null ? ["everyone"] : [];
        return Texts(principal["AWS"])
            .SelectMany(AccountsIn)
            .Where(other => other != account)
            .Distinct()
            .Select(other => $"account {other}")
            .Concat(Texts(principal["Federated"]).Any() ? Tokens(statement) : []);
    }

    // From the token claims that AWS checks: repository with environment, branch or event, and branch and workflow if they are checked
    // separately.
    private static IEnumerable<string> Tokens(JObject statement)
    {
        var equal = (JObject?)statement["Condition"]?["StringEquals"] ?? [];
        IEnumerable<string> Claim(string name) =>
            equal.Properties().Where(key => key.Name.EndsWith($":{name}", StringComparison.Ordinal)).SelectMany(key => Texts(key.Value));
        string branch = string.Concat(Claim("ref").Select(claim => $", on {claim}"));
        string[] workflows = [.. Claim("job_workflow_ref").Select(claim => claim.Split('@')[0])];
        string by = workflows.Length == 0 ? "" : $", by {string.Join(" or ", workflows)}";
        return Claim("sub").Select(subject => $"{subject}{branch}{by}").DefaultIfEmpty("every token of the provider");
    }

    private static string NameOf(StackElement element) => element.Text("name") ?? element.Text("bucket") ?? element.Name;

    private static IEnumerable<string> AccountsIn(string text) => Account().Matches(text).Select(match => match.Value);

    private static IEnumerable<string> Texts(JToken? oneOrMany) => oneOrMany switch
    {
        null => [],
        JArray many => many.Values<string>().OfType<string>(),
        _ => [(string)oneOrMany!],
    };

    [GeneratedRegex(@"(?<![0-9])[0-9]{12}(?![0-9])")]
    private static partial Regex Account();
}
