using Infra.Tests.Support;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Stacks.LiteralValues;

/// <summary>Names in synthesized JSON.</summary>
internal static class LiteralNames
{
    /// <summary>The names of all resources of a type.</summary>
    public static string[] NamesOf(this SynthesizedStack stack, string type, string argument = "name") =>
        [.. stack.Ids(type).Select(id => (string?)stack.Resource(type, id)[argument]).OfType<string>()];

    /// <summary>Bucket, table and key of a stack's state.</summary>
    public static (string? Bucket, string? Table, string? Key) State(this SynthesizedStack stack)
    {
        JToken backend = stack.Json["terraform"]!["backend"]!["s3"]!;
        return ((string?)backend["bucket"], (string?)backend["dynamodb_table"], (string?)backend["key"]);
    }

    /// <summary>A default tag of a stack's resources.</summary>
    public static string? Tag(this SynthesizedStack stack, string name) =>
        (string?)stack.Json["provider"]!["aws"]![0]!["default_tags"]!.Single()["tags"]![name];

    /// <summary>Plain environment variables of a task's container.</summary>
    public static Dictionary<string, string> Variables(this SynthesizedStack runtime, string definition) =>
        ContainerText.Parse(runtime.Resource("aws_ecs_task_definition", definition)["container_definitions"])["environment"]!
            .ToDictionary(variable => (string)variable["name"]!, variable => (string)variable["value"]!);
}
