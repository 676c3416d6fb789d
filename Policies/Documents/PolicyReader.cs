using System.Diagnostics.CodeAnalysis;
using Infra.Insight;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Policies.Documents;

/// <summary>
/// Finds every policy document in a synthesized stack: in arguments, in CloudFormation templates, in policy data sources.
/// </summary>
internal static class PolicyReader
{
    private const string TrustArgument = "assume_role_policy";
    private const string Template = "aws_cloudformation_stack";

    private static readonly HashSet<string> s_inline =
        ["aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy", "aws_iam_role"];

    /// <summary>All policies of all stacks.</summary>
    public static IReadOnlyList<StackPolicy> ReadAll(IReadOnlyList<StackJson> stacks)
    {
        HashSet<string> boundaries =
            [.. stacks.SelectMany(stack => stack.Resources).Select(element => element.Text("permissions_boundary")).OfType<string>()];
        return [.. stacks.SelectMany(stack => Read(stack, boundaries))];
    }

    private static IEnumerable<StackPolicy> Read(StackJson stack, HashSet<string> boundaries)
    {
        var resolver = new ExpressionResolver(stack);
        foreach (StackElement element in stack.Resources)
        {
            foreach ((string argument, JObject document) in Documents(element, stack, resolver))
            {
                StackStatement[] statements =
                    [.. Many(document["Statement"]).OfType<JObject>().Select(statement => StatementReader.Read(statement, resolver))];
                PolicyKind kind = KindOf(element, argument, statements, boundaries);
                yield return new StackPolicy(
                    stack.Name, element, kind, resolver.Resolve(document.ToString(Formatting.None)), (string?)document["Version"],
                    statements)
                {
                    Role = kind switch
                    {
                        PolicyKind.Trust => element.Address,
                        PolicyKind.Inline => element.Type == "aws_iam_role" ? element.Address : resolver.Identity(element),
                        _ => null,
                    },
                    AttachedTo = kind == PolicyKind.Resource ? Attached(element, resolver) : null,
                };
            }
        }
    }

    private static PolicyKind KindOf(StackElement element, string argument, StackStatement[] statements, HashSet<string> boundaries)
    {
        if (argument == TrustArgument) return PolicyKind.Trust;
        if (s_inline.Contains(element.Type)) return PolicyKind.Inline;
        if (element.Type == "aws_iam_policy")
            return boundaries.Any(boundary => boundary.EndsWith($":policy/{element.Text("name")}", StringComparison.Ordinal)
                || boundary.Contains($"{element.Address}.", StringComparison.Ordinal)) ? PolicyKind.Boundary : PolicyKind.Managed;
        // Elsewhere, for example in a CloudFormation template, the kind follows from the document itself.
        return statements.Any(statement => statement.Principals.Count > 0 || statement.HasNotPrincipal)

                ? element.Type == Template && statements.SelectMany(statement => statement.Actions).All(IsOfTokens)
                ? PolicyKind.Trust
                : PolicyKind.Resource
            : PolicyKind.Inline;
    }

    private static bool IsOfTokens(string action) => action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase);

    private static string? Attached(StackElement element, ExpressionResolver resolver)
    {
        string? argument = element.Type switch
        {
            "aws_s3_bucket_policy" => "bucket",
            "aws_sns_topic_policy" => "arn",
            "aws_sqs_queue_policy" => "queue_url",
            "aws_secretsmanager_secret_policy" => "secret_arn",
            "aws_ecr_repository_policy" => "repository",
            "aws_backup_vault_policy" => "backup_vault_name",
            "aws_dynamodb_resource_policy" => "resource_arn",
            "aws_kms_key_policy" => "key_id",
            _ => null,
        };
        if (argument is null) return ResourceArns.Of(element.Type, "arn") is null ? null : resolver.ArnOf(element);
        if (resolver.Target(element.Text(argument)) is { } target) return resolver.ArnOf(target);
        return element.Text(argument) is { } name && element.Type == "aws_s3_bucket_policy"
            ? $"arn:aws:s3:::{resolver.Resolve(name)}"
            : null;
    }

    private static IEnumerable<(string Argument, JObject Document)> Documents(
        StackElement element, StackJson stack, ExpressionResolver resolver) =>
        from argument in element.Arguments.Properties()
        where argument.Name != "//"
        from document in Within(argument.Value, stack, resolver)
        select (argument.Name, document);

    private static IEnumerable<JObject> Within(JToken value, StackJson stack, ExpressionResolver resolver) => value switch
    {
        JObject map when map["Statement"] is { } statements
            && Many(statements).OfType<JObject>().Any(statement => statement["Effect"] is not null) => [map],
        JObject map => map.Properties().SelectMany(property => Within(property.Value, stack, resolver)),
        JArray list => list.SelectMany(item => Within(item, stack, resolver)),
        JValue { Type: JTokenType.String } text when TryParse((string)text!, out JToken? json) => Within(json, stack, resolver),
        JValue { Type: JTokenType.String } text when resolver.Target(
            (string)text!) is { IsData: true, Type: "aws_iam_policy_document" } data => [DataDocument.Of(data)],
        _ => [],
    };

    private static bool TryParse(string text, [NotNullWhen(true)] out JToken? json)
    {
        json = null;
        if (!text.StartsWith('{') || !text.Contains("Statement", StringComparison.Ordinal)) return false;
        try
        {
            json = JToken.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<JToken> Many(JToken? oneOrMany) => oneOrMany switch { null => [], JArray many => many, _ => [oneOrMany] };
}
