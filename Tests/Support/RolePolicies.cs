using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Support;

/// <summary>Every policy of a role in a stack: inline policies, and attached managed policies.</summary>
internal static class RolePolicies
{
    /// <summary>Statements of the role that has this logical id.</summary>
    public static IReadOnlyList<JObject> Of(SynthesizedStack stack, string role)
    {
        string reference = $"${{aws_iam_role.{role}.name}}";
        JObject[] statements =
        [
            .. Documents(stack, reference).SelectMany(document => document["Statement"]!.OfType<JObject>()),
        ];
        return statements.Length > 0 ? statements : throw new AssertionException($"role {role} has no policy");
    }

    /// <summary>Inline and attached policies, as JSON strings.</summary>
    public static (IReadOnlyList<string> Inline, IReadOnlyList<string> Managed) TextsOf(SynthesizedStack stack, string role)
    {
        string reference = $"${{aws_iam_role.{role}.name}}";
        return (
            [.. Of(stack, "aws_iam_role_policy", reference).Select(policy => (string)policy["policy"]!)],
            [.. Of(stack, "aws_iam_role_policy_attachment", reference).Select(attachment => Managed(stack,
                (string)attachment["policy_arn"]!))]);
    }

    private static IEnumerable<JObject> Documents(SynthesizedStack stack, string reference)
    {
        (IReadOnlyList<string> inline, IReadOnlyList<string> managed) = TextsOfReference(stack, reference);
        return inline.Concat(managed).Select(JObject.Parse);
    }

    private static (IReadOnlyList<string> Inline, IReadOnlyList<string> Managed) TextsOfReference(SynthesizedStack stack,
        string reference) =>
        TextsOf(stack, reference["${aws_iam_role.".Length..^".name}".Length]);

    private static IEnumerable<JObject> Of(SynthesizedStack stack, string type, string reference) =>
        ((stack.Json["resource"]![type] as JObject)?.Properties() ?? []).Select(resource => (JObject)resource.Value).Where(resource =>
            (string?)resource["role"] == reference);

    private static string Managed(SynthesizedStack stack, string arn) => arn.StartsWith("${aws_iam_policy.", StringComparison.Ordinal)
        ? (string)stack.Resource("aws_iam_policy", arn["${aws_iam_policy.".Length..].Split('.')[0])["policy"]!
        : throw new AssertionException($"{arn} is an AWS managed policy, whose document is not known here");
}
