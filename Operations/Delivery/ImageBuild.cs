using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Delivery;

/// <summary>
/// Builds the images of a delivery and pushes them to the environment's repositories. The tag is the commit, as in the pipeline, and tags
/// are immutable: an image that has the tag is used and not built again.
/// </summary>
/// <param name="context">Context of the run.</param>
/// <param name="tag">Tag of the command line; null means the commit of the build context.</param>
internal sealed class ImageBuild(RunContext context, string? tag)
{
    /// <summary>Tag of an image.</summary>
    /// <exception cref="OperationException">There is no commit, or it does not describe the build context.</exception>
    public async Task<string> TagAsync(DeliveredImage image)
    {
        if (tag is not null)
            return ImageReference.Parse(tag).Tag ?? throw OperationException.BadInput($"--tag {tag} is not a tag", "for example v1.4.0");
        const string Remedy = "commit the changes, or pass --tag TAG";
        string folder = image.Context!;
        if (ToolOnPath.Find("git") is null || await GitAsync(folder, "rev-parse", "HEAD") is not { } commit)
            throw OperationException.BadInput($"{folder} has no commit to tag the image of {image.Repository} with", "pass --tag TAG");
        return await GitAsync(folder, "status", "--porcelain", "--", ".") is "" and not null
            ? commit
            : throw OperationException.BadInput($"{folder} has changes that are not in commit {Commit.Short(commit)}", Remedy);
    }

    /// <summary>Builds and pushes an image, unless the repository has one with its tag.</summary>
    /// <returns>Its digest, and whether it was built.</returns>
    public async Task<(string Digest, bool Built)> RunAsync(DeliveredImage image, DeploymentSession session)
    {
        string repository = session.Environment.Names.Repository(image.Repository);
        string its = await TagAsync(image);
        var registry = new ImageRegistry(session.Access, repository);
        if (await registry.FindAsync(null, its, context.Stopping) is { } existing)
            return (existing.Digest, false);
        ContainerTool tool = ContainerTool.Find(context);
        string url = $"{session.Environment.Config.Account}.dkr.ecr.{session.Environment.Config.Region}.amazonaws.com/{repository}:{its}";
        context.Reporter.Line($"  build {image.Context} for {image.Platform}");
        await tool.BuildAsync(image, url);
        context.Reporter.Line($"  push {url}");
        await tool.PushAsync(url, session.Access, session.OnEmulator);
        RegistryImage pushed = await registry.FindAsync(null, its, context.Stopping)
            ?? throw OperationException.Failed($"{url} was pushed, but {repository} has no image with the tag {its}");
        return (pushed.Digest, true);
    }

    private async Task<string?> GitAsync(string folder, params string[] arguments)
    {
        ProcessResult result = await context.Runner.RunAsync(new ProcessRequest("git", arguments) { WorkingDirectory = folder });
        return result.ExitCode == 0 ? result.Output.Trim() : null;
    }
}
