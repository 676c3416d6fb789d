using Infra.Policies.Documents;
using Infra.Policies.Reference;

namespace Infra.Policies.Rules;

/// <summary>The operator of a condition must match the type of its key; multivalued keys need a set operator.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</remarks>
internal sealed class ConditionOperatorFits : PolicyRule
{
    public override string Requirement =>
        "The operator of a condition matches the type of its key; only multivalued keys have a set operator.";

    private const string Array = "ArrayOf";

    private static readonly string[] s_strings =
        ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"];

    private static readonly Dictionary<string, string[]> s_operators = new(StringComparer.Ordinal)
    {
        ["String"] = s_strings,
        // An ARN can be compared as a string, without regard to its parts.
        ["ARN"] = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", .. s_strings],
        ["Bool"] = ["Bool"],
        ["Numeric"] =
            ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
                "NumericGreaterThanEquals"],
        ["Date"] = ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"],
        ["IPAddress"] = ["IpAddress", "NotIpAddress"],
    };

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        from entry in policies.Statements
        from condition in entry.Statement.Conditions
        from finding in Check(policies.Reference, entry.Policy, entry.Statement, condition)
        select finding;

    private IEnumerable<PolicyFinding> Check(
        ServiceAuthorization reference, StackPolicy policy, StackStatement statement, StatementCondition condition)
    {
        string name = condition.BaseOperator;
        if (name != "Null" && name != "BinaryEquals" && !s_operators.Values.Any(operators => operators.Contains(name)))
        {
            yield return Finding(policy, statement, $"{condition.Operator} is not a condition operator",
                Few(s_operators.Values.SelectMany(operators => operators).Distinct(), 24), "correct the operator");
            yield break;
        }

        if (TypeOf(reference, statement, condition.Key) is not { } type) yield break;
        bool isArray = type.StartsWith(Array, StringComparison.Ordinal);
        string single = isArray ? type[Array.Length..] : type;
        // A string that is an ARN can be compared as an ARN, as CloudWatch Logs does in its key policy:
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
        if (single == "String" && condition.Values.All(value => value.StartsWith("arn:", StringComparison.Ordinal))) single = "ARN";
        if (name != "Null" && s_operators.TryGetValue(single, out string[]? allowed) && !allowed.Contains(name))
            yield return Finding(policy, statement, $"{condition.Operator} does not compare {condition.Key}, which is of type {type}",
                Few(allowed, 6), "use an operator of the key's type");
        if (isArray && !condition.IsOfSet && name != "Null")
            yield return Finding(
                policy, statement, $"{condition.Key} has many values, and {condition.Operator} compares one",
                $"ForAllValues:{name}, ForAnyValue:{name}",
                "specify whether all values or any of them must match");
        if (!isArray && condition.IsOfSet)
            yield return Finding(
                policy, statement,
                $"{condition.Key} has one value, and {condition.Operator} compares a set; ForAllValues is true for a request without "
                    + "the key", name,
                "compare it without ForAllValues or ForAnyValue");
    }

    private static string? TypeOf(ServiceAuthorization reference, StackStatement statement, string key)
    {
        if (ConditionKeyForms.Of(GlobalConditionKeys.Types.Keys, key) is { } global) return GlobalConditionKeys.Types[global];
        return statement.Actions.Select(action => action.Split(':')[0]).Distinct().Select(reference.Service).OfType<ServiceReference>()
            .Select(service => ConditionKeyForms.Of(service.KeyTypes.Keys, key) is { } form ? service.KeyTypes[form] : null)
            .FirstOrDefault(type => type is not null);
    }
}
