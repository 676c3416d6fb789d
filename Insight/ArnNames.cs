using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>
/// Resources that a value refers to by a literal ARN, as policies do, because a name is known before the resource exists.
/// </summary>
internal static partial class ArnNames
{
    /// <summary>Type and AWS name of each resource that an ARN in the value refers to.</summary>
    public static IEnumerable<(string Type, string Name)> In(JToken value) => value switch
    {
        JObject map => map.Properties().Where(property => property.Name != "//").SelectMany(property => In(property.Value)),
        JArray list => list.SelectMany(In),
        JValue { Type: JTokenType.String } text =>
            Arn().Matches((string)text!).SelectMany(match => Named(match.Groups["service"].Value, match.Groups["resource"].Value)),
        _ => [],
    };

    private static IEnumerable<(string Type, string Name)> Named(string service, string resource)
    {
        // Without what follows the name: objects of a bucket, indexes of a table, streams of a log group.
        string Until(string from, char end) => from.Split(end)[0];
        switch (service)
        {
            case "s3":
                yield return ("aws_s3_bucket", Until(resource, '/'));
                break;
            case "dynamodb" when resource.StartsWith("table/", StringComparison.Ordinal):
                yield return ("aws_dynamodb_table", Until(resource["table/".Length..], '/'));
                break;
            case "ssm" when resource.StartsWith("parameter/", StringComparison.Ordinal):
                yield return ("aws_ssm_parameter", resource["parameter".Length..]);
                break;
            case "logs" when resource.StartsWith("log-group:", StringComparison.Ordinal):
                yield return ("aws_cloudwatch_log_group", Until(resource["log-group:".Length..], ':'));
                break;
            case "iam" when resource.StartsWith("role/", StringComparison.Ordinal):
                yield return ("aws_iam_role", resource.Split('/')[^1]);
                break;
            case "sqs":
                yield return ("aws_sqs_queue", resource);
                break;
            case "ecs" when resource.StartsWith("service/", StringComparison.Ordinal):
                yield return ("aws_ecs_service", resource.Split('/')[^1]);
                break;
        }
    }

    [GeneratedRegex("""arn:aws[a-z-]*:(?<service>[a-z0-9-]+):[a-z0-9-]*:\d*:(?<resource>[^"\\\s,${}]+)""")]
    private static partial Regex Arn();
}
