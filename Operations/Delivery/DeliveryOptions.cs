using Infra.Operations.Sessions;

namespace Infra.Operations.Delivery;

/// <summary>What a delivery leaves out, and where its images come from.</summary>
internal sealed record DeliveryOptions
{
    /// <summary>Whether to build and release no images.</summary>
    public bool SkipImages { get; init; }

    /// <summary>Whether to build and release no images of agents.</summary>
    public bool SkipAgents { get; init; }

    /// <summary>Whether to deploy no stacks.</summary>
    public bool SkipInfrastructure { get; init; }

    /// <summary>Whether to run no smoke tests at the end.</summary>
    public bool SkipSmoke { get; init; }

    /// <summary>Build contexts in addition to those of the pipeline, or instead of them: <c>NAME=FOLDER</c>.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>Tag of the images that are built; null means the commit.</summary>
    public string? Tag { get; init; }

    /// <summary>Files with digests of images that are already in the registry; if there are any, nothing is built.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    /// <summary>Addresses of resources with data that may be destroyed or replaced.</summary>
    public IReadOnlyList<string> AllowDataLoss { get; init; } = [];

    /// <summary>The options as typed, to show in commands.</summary>
    public string AsTyped => string.Concat(
        new[] { (SkipImages, "images"), (SkipAgents, "agents"), (SkipInfrastructure, "infrastructure"), (SkipSmoke, "smoke") }
            .Where(option => option.Item1).Select(option => $" --skip-{option.Item2}")
            .Concat(Contexts.Select(context => $" --context {context}"))
            .Concat(Tag is null ? [] : [$" --tag {Tag}"])
            .Concat(Digests.Select(file => $" --digests {file}"))
            .Concat(AllowDataLoss.Select(address => $" {PlanGuard.AllowDataLoss} {address}")));
}
