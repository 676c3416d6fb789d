using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>One statement of a policy somewhere in a stack.</summary>
/// <param name="Type">Type of the resource that contains it.</param>
/// <param name="Id">Its logical id.</param>
/// <param name="Attribute">Attribute that contains the policy: <c>policy</c>, <c>assume_role_policy</c>.</param>
/// <param name="Json">The statement.</param>
internal sealed record PolicyStatement(string Type, string Id, string Attribute, JObject Json)
{
    /// <summary>Every statement of every policy of a stack.</summary>
    public static IReadOnlyList<PolicyStatement> Of(QueriedStack stack) =>
    [
        .. from resource in stack.Elements
           where !resource.IsData
           from attribute in resource.Arguments.Properties()
           where attribute.Value.Type == JTokenType.String && IsPolicy((string)attribute.Value!)
           from statement in JObject.Parse((string)attribute.Value!)["Statement"]!
           select new PolicyStatement(resource.Type, resource.Name, attribute.Name, (JObject)statement),
    ];

    // The provider changes the order of keys in policies that it reads back.
    private static bool IsPolicy(string text) =>
        text.StartsWith('{')
            && text.Contains("\"Version\":\"2012-10-17\"", StringComparison.Ordinal)
            && text.Contains("\"Statement\":", StringComparison.Ordinal);

    public bool Allows => (string?)Json["Effect"] == "Allow";

    /// <summary>Whether it is a statement of a trust policy.</summary>
    public bool IsTrust => Attribute == "assume_role_policy";

    /// <summary>
    /// Whether it is in an identity policy or boundary, not in the policy of a bucket, topic or key, where <c>*</c> is the resource itself.
    /// </summary>
    public bool IsOfIdentity => Type is "aws_iam_role_policy" or "aws_iam_policy";

    /// <summary>
    /// Whether it allows EventBridge to publish to a topic or use its key: AWS supports no conditions there, and drops every message if
    /// there is one. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions and
    /// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    /// </summary>
    public bool IsOfEventBridgeToATopic =>
        Type is "aws_sns_topic_policy" or "aws_kms_key" && Allows && Services.Contains("events.amazonaws.com");

    public IReadOnlyList<string> Actions => Texts(Json["Action"]);

    public IReadOnlyList<string> Resources => Texts(Json["Resource"]);

    /// <summary>Services in the principal; empty if the principal is something else.</summary>
    public IReadOnlyList<string> Services => Json["Principal"] is JObject principal ? Texts(principal["Service"]) : [];

    /// <summary>Keys of its conditions in lower case, as IAM compares them.</summary>
    public IReadOnlyList<string> ConditionKeys =>
        [.. ((JObject?)Json["Condition"] ?? [])
            .Properties()
            .SelectMany(@operator => ((JObject)@operator.Value).Properties())
            .Select(key => key.Name.ToLowerInvariant())];

    /// <summary>Whether one of its actions, including wildcards, matches this one.</summary>
    public bool Names(string action) => Actions.Any(pattern => pattern == action
        || (pattern.EndsWith('*') && action.StartsWith(pattern[..^1], StringComparison.Ordinal)));

    public override string ToString() => $"{Type}.{Id}.{Attribute}: {Json.ToString(Formatting.None)}";

    private static IReadOnlyList<string> Texts(JToken? oneOrMany) => oneOrMany switch
    {
        null => [],
        JArray many => [.. many.Values<string>().OfType<string>()],
        _ => [(string)oneOrMany!],
    };
}
