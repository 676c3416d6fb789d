using Newtonsoft.Json.Linq;

namespace Infra.Policies.Documents;

/// <summary>Parses a statement of an IAM policy.</summary>
internal static class StatementReader
{
    public static StackStatement Read(JObject statement, ExpressionResolver resolver)
    {
        string[] Texts(string element) => [.. Values(statement[element]).Select(resolver.Resolve)];
        return new StackStatement((string?)statement["Sid"], (string?)statement["Effect"])
        {
            Actions = Texts("Action"),
            NotActions = Texts("NotAction"),
            Resources = Texts("Resource"),
            NotResources = Texts("NotResource"),
            Principals = [.. Principals(statement["Principal"], resolver)],
            HasNotPrincipal = statement["NotPrincipal"] is not null,
            Conditions =
            [
                .. from operation in (statement["Condition"] as JObject ?? []).Properties()
                   from key in (operation.Value as JObject ?? []).Properties()
                   select new StatementCondition(operation.Name, key.Name, [.. Values(key.Value).Select(resolver.Resolve)]),
            ],
        };
    }

    private static IEnumerable<StatementPrincipal> Principals(JToken? principal, ExpressionResolver resolver) => principal switch
    {
        null => [],
        JObject map =>
            map.Properties().SelectMany(kind => Values(kind.Value).Select(id => new StatementPrincipal(kind.Name, resolver.Resolve(id)))),
        _ => [new StatementPrincipal("*", "*")],
    };

    // A CloudFormation function (Fn::GetAtt) stands for a value that is known only after the stack is created.
    private static IEnumerable<string> Values(JToken? oneOrMany) => oneOrMany switch
    {
        null => [],
        JArray many => many.SelectMany(Values),
        JValue value => [value.Type == JTokenType.Boolean ? ((bool)value ? "true" : "false") : (string)value!],
        _ => [Wildcard.Unknown.ToString()],
    };
}
