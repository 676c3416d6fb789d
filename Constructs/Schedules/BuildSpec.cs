using Infra.Constructs.Foundation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Schedules;

/// <summary>The build specification of the schedule's CodeBuild project: it contains the whole script <c>cycle.sh</c>.</summary>
/// <remarks>As JSON, which CodeBuild accepts as YAML. https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html</remarks>
internal static class BuildSpec
{
    /// <summary>Name of the script among the embedded resources of this assembly.</summary>
    private const string Script = "cycle.sh";

    private const string End = "END_OF_CYCLE";

    /// <summary>The build specification, escaped for Terraform.</summary>
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
