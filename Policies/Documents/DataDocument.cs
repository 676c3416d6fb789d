using Infra.Insight;
using Newtonsoft.Json.Linq;

namespace Infra.Policies.Documents;

/// <summary>
/// The policy that a data source <c>aws_iam_policy_document</c> renders; used by projects that write policies in Terraform.
/// </summary>
internal static class DataDocument
{
    private static readonly (string Argument, string Element)[] s_lists =
        [("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"), ("not_resources", "NotResource")];

    /// <summary>The document as JSON; the data source adds the version if none is set.</summary>
    public static JObject Of(StackElement data) => new()
    {
        ["Version"] = data.Text("version") ?? "2012-10-17",
        ["Statement"] = new JArray(Blocks(data.Arguments["statement"]).Select(Statement)),
    };

    private static JObject Statement(JObject block)
    {
        var statement = new JObject { ["Effect"] = (string?)block["effect"] ?? "Allow" };
        if (block["sid"] is { } sid) statement["Sid"] = sid;
        foreach ((string argument, string element) in s_lists)
        {
            if (block[argument] is JArray { Count: > 0 } values) statement[element] = values.DeepClone();
        }

        foreach (JObject principal in Blocks(block["principals"]))
        {
            if ((string?)principal["type"] == "*")
                statement["Principal"] = "*";
            else
                ((JObject)(statement["Principal"] ??= new JObject()))[(string)principal["type"]!] = principal["identifiers"]?.DeepClone();
        }

        if (block["not_principals"] is not null) statement["NotPrincipal"] = new JObject();
        foreach (JObject condition in Blocks(block["condition"]))
        {
            var conditions = (JObject)(statement["Condition"] ??= new JObject());
            ((JObject)(conditions[(string)condition["test"]!] ??= new JObject()))[(string)condition["variable"]!] =
                condition["values"]?.DeepClone();
        }

        return statement;
    }

    private static IEnumerable<JObject> Blocks(JToken? oneOrMany) =>
        oneOrMany switch { null => [], JArray many => many.OfType<JObject>(), JObject one => [one], _ => [] };
}
