using System.Globalization;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Workflows;

/// <summary>A workflow or composite action of this repository, read from its YAML.</summary>
/// <param name="Path">Path relative to the repository.</param>
/// <param name="Text">Its YAML.</param>
/// <param name="Content">Its parsed content, as GitHub reads it.</param>
internal sealed record WorkflowFile(string Path, string Text, JObject Content)
{
    private static string Root => Checkout.Find().Root;

    /// <summary>Every workflow.</summary>
    public static IReadOnlyList<WorkflowFile> Workflows { get; } = Read(".github/workflows", "*.yml");

    /// <summary>Workflows of the example applications, ready to copy.</summary>
    public static IReadOnlyList<WorkflowFile> Examples { get; } =
        [.. Read("examples", "*.yml").Where(workflow => workflow.Path.Contains(".github/workflows/", StringComparison.Ordinal))];

    /// <summary>Every composite action.</summary>
    public static IReadOnlyList<WorkflowFile> Actions { get; } = Read(".github/actions", "action.yml");

    /// <summary>Name of the file: <c>plan.yml</c>.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public IEnumerable<Job> Jobs => ((JObject?)Content["jobs"] ?? []).Properties().Select(job => new Job(job.Name, (JObject)job.Value));

    /// <summary>Steps of all jobs, or of the composite action.</summary>
    public IEnumerable<JObject> Steps => Content["runs"]?["steps"]?.Children<JObject>() ?? Jobs.SelectMany(job => job.Steps);

    /// <summary>Events that trigger it: <c>push</c>, <c>workflow_call</c>.</summary>
    public IReadOnlyList<string> Triggers => Content["on"] switch
    {
        JObject triggers => [.. triggers.Properties().Select(trigger => trigger.Name)],
        JArray triggers => [.. triggers.Select(trigger => (string)trigger!)],
        JValue trigger => [(string)trigger!],
        _ => [],
    };

    public static WorkflowFile Load(string path)
    {
        string text = File.ReadAllText(System.IO.Path.Combine(Root, path));
        return Parse(path, text);
    }

    public static WorkflowFile Parse(string path, string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return new WorkflowFile(path, text, (JObject)Convert(yaml.Documents[0].RootNode));
    }

    public override string ToString() => Path;

    private static WorkflowFile[] Read(string folder, string pattern) =>
        [.. Directory.GetFiles(System.IO.Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal).Select(Load)];

    private static JToken Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping =>
            new JObject(mapping.Children.Select(child => new JProperty(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode sequence => new JArray(sequence.Children.Select(Convert)),
        YamlScalarNode scalar => Scalar(scalar),
        _ => throw new NotSupportedException($"{node.Start}: {node.GetType().Name}"),
    };

    private static JToken Scalar(YamlScalarNode scalar) => scalar switch
    {
        { Style: not YamlDotNet.Core.ScalarStyle.Plain } => scalar.Value!,
        { Value: null or "" or "null" or "~" } => JValue.CreateNull(),
        { Value: "true" } => true,
        { Value: "false" } => false,
        _ when long.TryParse(scalar.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) => number,
        _ => scalar.Value!,
    };
}

/// <summary>One job of a workflow.</summary>
internal sealed record Job(string Id, JObject Content)
{
    public IEnumerable<JObject> Steps => Content["steps"]?.Children<JObject>() ?? [];

    /// <summary>Workflow that it calls in place of steps.</summary>
    public string? Uses => (string?)Content["uses"];

    /// <summary>Jobs on which it depends.</summary>
    public IReadOnlyList<string> Needs => Content["needs"] switch
    {
        JArray needs => [.. needs.Select(need => (string)need!)],
        JValue { Value: string need } => [need],
        _ => [],
    };
}
