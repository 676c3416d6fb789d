using Infra.Insight;
using Newtonsoft.Json.Linq;

namespace Infra.Policies.Documents;

/// <summary>Location of a deployment's Terraform state, from the backends of its stacks.</summary>
/// <param name="Buckets">State buckets, and the buckets that they are replicated to.</param>
/// <param name="Tables">ARNs of the lock tables.</param>
/// <param name="Keys">Key of the state of each stack, by the name of the stack.</param>
public sealed record StateLocation(IReadOnlyList<string> Buckets, IReadOnlyList<string> Tables, IReadOnlyDictionary<string, string> Keys)
{
    private static readonly string Unknown = Documents.Wildcard.Unknown.ToString();

    public static StateLocation Of(IReadOnlyList<StackJson> stacks)
    {
        (string Stack, JObject Backend)[] backends =
            [.. stacks.Select(stack => (stack.Name, Backend: stack.Json.SelectToken("terraform.backend.s3") as JObject))
                .Where(each => each.Backend is not null)!];
        string[] buckets = [.. backends.Select(each => (string?)each.Backend["bucket"]).OfType<string>().Distinct()];
        return new StateLocation(
            [.. buckets.Concat(Replicas(stacks, buckets)).Distinct()],
            [.. backends.Select(each => TableOf(each.Backend)).OfType<string>().Distinct()],
            backends.Where(each => each.Backend["key"] is not null)
                .ToDictionary(each => each.Stack, each => (string)each.Backend["key"]!, StringComparer.Ordinal));
    }

    private static string? TableOf(JObject backend) => (string?)backend["dynamodb_table"] is not { } table ? null
        : $"arn:aws:dynamodb:{(string?)backend["region"] ?? Unknown}:{(string?)backend.SelectToken("allowed_account_ids[0]") ?? Unknown}:table/{table}";

    private static IEnumerable<string> Replicas(IReadOnlyList<StackJson> stacks, string[] buckets) =>
        from stack in stacks
        let resolver = new Documents.ExpressionResolver(stack)
        from replication in stack.Resources
        where replication.Type == "aws_s3_bucket_replication_configuration"
            && replication.Text("bucket") is { } source
            && buckets.Contains(resolver.Resolve(source))
        from destination in replication.Arguments.SelectTokens("$..destination..bucket")
        where destination.Type == JTokenType.String
        select resolver.Resolve((string)destination!).Split(":::")[^1];
}
