using Infra.Configuration.Findings;
using Infra.Policies;
using Infra.Policies.Rules;

namespace Infra.Operations.Findings;

/// <summary>Findings of IAM policies, in the form of those of environment files.</summary>
internal static class PolicyFindings
{
    /// <summary>Start of the rules' ids.</summary>
    public const string Section = "policies";

    /// <param name="finding">Finding of a policy.</param>
    /// <param name="file">File that the policy is synthesized from. The policy has no line in it.</param>
    public static Finding Of(PolicyFinding finding, string file)
    {
        PolicyRule rule = PolicyChecks.Rules.Single(each => each.Id == finding.Rule);
        string statement = finding.Sid is { } sid ? $" {sid}" : "";
        return new Finding(
            file, 0, 0, $"{finding.Stack} {finding.Address}{statement}",
            $"{finding.Wrong}; allowed: {finding.Allowed}; fix: {finding.Fix}")
        {
            Rule = new Rule($"{Section}/{rule.Id}", Severity.Error, rule.Requirement),
        };
    }
}
