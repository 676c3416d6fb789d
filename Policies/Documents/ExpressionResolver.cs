using System.Text;
using System.Text.RegularExpressions;
using Infra.Insight;

namespace Infra.Policies.Documents;

/// <summary>
/// Resolves Terraform expressions in the values of policies: a reference to another resource's ARN becomes the format of that ARN, with its
/// name if the JSON contains it; what is known only after apply becomes <see cref="Wildcard.Unknown"/>.
/// </summary>
internal sealed partial class ExpressionResolver(StackJson stack)
{
    private const int MostSteps = 5;

    private static readonly string s_unknown = Wildcard.Unknown.ToString();

    /// <summary>A value with its expressions resolved.</summary>
    public string Resolve(string text) => Resolve(text, 0);

    /// <summary>The resource that a value refers to, if it is only a reference.</summary>
    public StackElement? Target(string? text) =>
        text is not null && Whole().Match(text) is { Success: true } match ? stack.Find(match.Groups["address"].Value) : null;

    /// <summary>The role, user or group of a policy or an attachment: its address, or its name if another stack creates it.</summary>
    public string? Identity(StackElement policy) =>
        (policy.Text("role") ?? policy.Text("user") ?? policy.Text("group")) is { } name ? Target(name)?.Address ?? name : null;

    /// <summary>The ARN pattern of a resource.</summary>
    public string ArnOf(StackElement element) => Arn(element, "arn", 0);

    private string Resolve(string text, int step)
    {
        var resolved = new StringBuilder();
        for (int at = 0; at < text.Length; at++)
        {
            // $${…} is an IAM policy variable: a value of the request.
            bool variable = text.AsSpan(at).StartsWith("$${");
            if (!variable && !text.AsSpan(at).StartsWith("${"))
            {
                resolved.Append(text[at]);
                continue;
            }

            int end = End(text, at + (variable ? 3 : 2));
            resolved.Append(variable ? s_unknown : Value(text[at..(end + 1)], step));
            at = end;
        }

        return resolved.ToString();
    }

    private string Value(string expression, int step)
    {
        Match match = Whole().Match(expression);
        if (!match.Success || step == MostSteps || stack.Find(match.Groups["address"].Value) is not { } element) return s_unknown;
        return Arn(element, Index().Replace(match.Groups["attribute"].Value, ""), step);
    }

    private string Arn(StackElement element, string attribute, int step)
    {
        if (ResourceArns.Of(element.Type, attribute) is { } form)
            return Argument().Replace(form, match => Text(element, match.Groups["name"].Value, step))
                .Replace("{}", s_unknown, StringComparison.Ordinal);
        // The provider's id of these is their name.
        string argument = attribute == "id"
            ? element.Type switch
            {
                "aws_s3_bucket" => "bucket",
                "aws_iam_role" or "aws_ecr_repository" or "aws_ssm_parameter" => "name",
                _ => attribute,
            }
            : attribute;
        return Text(element, argument, step);
    }

    private string Text(StackElement element, string argument, int step) =>
        element.Text(argument) is { } text ? Resolve(text, step + 1) : s_unknown;

    private static int End(string text, int at)
    {
        for (int open = 1; at < text.Length; at++)
        {
            open += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0) return at;
        }

        return text.Length - 1;
    }

    [GeneratedRegex(
        @"^\$\{(?<address>(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]*\.[A-Za-z_][\w-]*)(?:\[[^\]]*\])?\.(?<attribute>[A-Za-z_][\w.\[\]]*)\}$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"\{(?<name>[a-z_]+)\}")]
    private static partial Regex Argument();
}
