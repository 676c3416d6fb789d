using HashiCorp.Cdktf.Providers.Aws.Codepipeline;

namespace Infra.Constructs.Pipelines;

/// <summary>A stage of a pipeline; its actions run one after the other.</summary>
internal sealed record PipelineStage(string Name, params IReadOnlyList<PipelineAction> Actions);

/// <summary>One action of a stage.</summary>
/// <param name="Name">Its name in the console.</param>
/// <param name="Category">Source, Build, Test or Approval, as in AWS.</param>
/// <param name="Provider">Action provider: CodeBuild, Manual, …</param>
internal sealed record PipelineAction(string Name, string Category, string Provider)
{
    // CodePipeline truncates names of artifacts to ten characters in folder names; permissions refer to the folders.

    /// <summary>The source of the commit.</summary>
    public const string SourceArtifact = "source";

    /// <summary>Synthesized Terraform JSON of each environment.</summary>
    public const string StacksArtifact = "stacks";

    /// <summary>Digests of the images of an architecture.</summary>
    public static string ImagesArtifact(string architecture) => $"img_{architecture}";

    /// <summary>Input artifacts; a build's commands run in the first one.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Output artifacts.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>Build project that it starts; none for an action without a build.</summary>
    public string? Project => Configuration.GetValueOrDefault("ProjectName");

    /// <summary>A build, or a test if its category is <c>Test</c>.</summary>
    public static PipelineAction Build(string name, string category, string project, params IReadOnlyList<string> inputs) =>
        new(name, category, "CodeBuild")
        {
            Inputs = inputs,
            Configuration = inputs.Count > 1
            ? new Dictionary<string, string> { ["ProjectName"] = project, ["PrimarySource"] = inputs[0] }
            : new Dictionary<string, string> { ["ProjectName"] = project },
        };

    /// <summary>A manual approval with a question.</summary>
    public static PipelineAction Approval(string name, string topicArn, string question) => new(name, "Approval", "Manual")
    {
        Configuration = new Dictionary<string, string> { ["NotificationArn"] = topicArn, ["CustomData"] = question },
    };

    internal CodepipelineStageAction ToConfig(int order) => new()
    {
        Name = Name,
        Category = Category,
        Owner = "AWS",
        Provider = Provider,
        Version = "1",
        RunOrder = order,
        InputArtifacts = Inputs.Count > 0 ? [.. Inputs] : null,
        OutputArtifacts = Outputs.Count > 0 ? [.. Outputs] : null,
        Configuration = Configuration.Count > 0 ? new Dictionary<string, string>(Configuration) : null,
    };
}
