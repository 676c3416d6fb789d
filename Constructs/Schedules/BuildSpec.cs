using Infra.Constructs.Foundation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Schedules;

/// <summary>What CodeBuild does in a turn of the schedule: the script <c>cycle.sh</c>, carried along whole.</summary>
/// <remarks>As JSON, which CodeBuild reads as the YAML it is. https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html</remarks>
internal static class BuildSpec
{
    /// <summary>Name that the script has among the resources of this assembly.</summary>
    private const string Script = "cycle.sh";

    private const string End = "END_OF_CYCLE";

    /// <summary>The build specification, with nothing in it that Terraform would take for its own.</summary>
    public static string ToTerraform() => TerraformText.Literal(ToJson());

    internal static string ToJson() => new JObject
    {
        ["version"] = 0.2,
        ["env"] = new JObject { ["shell"] = "bash" },
        ["phases"] = new JObject
        {
            ["build"] = new JObject
            {
                ["commands"] = new JArray($"cat > /tmp/{Script} <<'{End}'\n{Text()}\n{End}", $"bash /tmp/{Script}"),
            },
        },
    }.ToString(Formatting.Indented);

    private static string Text()
    {
        using Stream script = typeof(BuildSpec).Assembly.GetManifestResourceStream(Script)
            ?? throw new InvalidOperationException($"{Script} is not a resource of this assembly");
        using var reader = new StreamReader(script);
        return reader.ReadToEnd().TrimEnd();
    }
}
