using Infra.Insight;
using Infra.Policies.Rules;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Policies;

/// <summary>Small stacks with one policy, to test a rule.</summary>
internal static class PolicySample
{
    public const string Account = "111111111111";

    /// <summary>Findings of a rule in an inline policy of a role.</summary>
    /// <param name="statements">Its statements, as JSON, separated by commas.</param>
    public static IReadOnlyList<PolicyFinding> Role<TRule>(string statements)
        where TRule : PolicyRule, new() => Check<TRule>("aws_iam_role_policy", "policy", statements);

    /// <summary>Findings of a rule in a trust policy.</summary>
    public static IReadOnlyList<PolicyFinding> Trust<TRule>(string statements)
        where TRule : PolicyRule, new() => Check<TRule>("aws_iam_role", "assume_role_policy", statements);

    /// <summary>Findings of a rule in a resource-based policy.</summary>
    /// <param name="type">Type of the resource: <c>aws_s3_bucket_policy</c>.</param>
    /// <param name="argument">Argument with the policy.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="others">Other resources of the stack, as Terraform JSON.</param>
    public static IReadOnlyList<PolicyFinding> Check<TRule>(string type, string argument, string statements, string others = "{}")
        where TRule : PolicyRule, new() => [.. new TRule().Check(Set(type, argument, statements, others))];

    /// <summary>What is wrong in each finding, one per line.</summary>
    public static string Wrong(IEnumerable<PolicyFinding> findings) => string.Join('\n', findings.Select(finding => finding.Wrong));

    public static PolicySet Set(string type, string argument, string statements, string others = "{}")
    {
        JObject resources = JObject.Parse(others);
        string text = new JObject { ["Version"] = "2012-10-17", ["Statement"] = JArray.Parse($"[{statements}]") }.ToString(
            Newtonsoft.Json.Formatting.None);
        var arguments = new JObject { ["name"] = "sample", ["role"] = "sample", [argument] = text };
        ((JObject)(resources[type] ??= new JObject()))["sample"] = arguments;
        if (type == "aws_s3_bucket_policy") arguments["bucket"] = "files";
        return new PolicySet([new StackJson("sample", new JObject { ["resource"] = resources })], PolicyChecksTests.Reference);
    }
}
