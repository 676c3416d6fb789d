using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;

namespace Infra.Operations.Delivery;

/// <summary>Builds and pushes images with Docker, or with a tool that takes the same commands.</summary>
/// <param name="context">Context of the run.</param>
/// <param name="path">Path of the tool.</param>
internal sealed class ContainerTool(RunContext context, string path)
{
    public const string Variable = "INFRA_CONTAINER_TOOL";

    /// <summary>The tool that the variable names, otherwise docker.</summary>
    /// <exception cref="OperationException">It is not on PATH.</exception>
    public static ContainerTool Find(RunContext context)
    {
        string name = context.Variables[Variable] ?? "docker";
        return new ContainerTool(context, ToolOnPath.Find(name)
            ?? throw OperationException.ToolMissing(
                $"{name} was not found, which builds the images",
                $"install Docker, or set {Variable} to a tool with the same commands (finch, nerdctl, podman)\n"
                    + "or pass --skip-images, for only the stacks and the smoke tests"));
    }

    /// <summary>Builds an image.</summary>
    /// <param name="image">Image.</param>
    /// <param name="url">Repository and tag.</param>
    public Task BuildAsync(DeliveredImage image, string url) => RunAsync(
        new ProcessRequest(
            path, "build", "--platform", image.Platform, "--file", Path.Combine(image.Context!, image.Dockerfile), "--tag", url,
            image.Context!)
        {
            // With attestations the image would be an index, as the images of the pipeline are not: Constructs/Pipelines/Buildspecs.cs.
            // https://docs.docker.com/build/metadata/attestations/
            Variables = new Dictionary<string, string?> { ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1" },
        }, $"the image of {image.Repository} was not built", "fix what its output says, then run the same command again");

    /// <summary>Pushes an image to the registry of the account.</summary>
    /// <param name="url">Repository and tag.</param>
    /// <param name="access">Access to the account.</param>
    /// <param name="onEmulator">Whether it is the local AWS.</param>
    public async Task PushAsync(string url, AwsAccess access, bool onEmulator)
    {
        string registry = url.Split('/', 2)[0];
        string remedy = onEmulator
            ? "the local AWS has no registry that a container tool can push to; pass --skip-images"
            : "run the same command again; the build is cached";
        // https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
        (string user, string password) = await new EcrClient(access).GetCredentialsAsync(context.Stopping);
        context.Reporter.Redactor.Hide(password);
        await RunAsync(
            new ProcessRequest(path, "login", "--username", user, "--password-stdin", registry) { Input = password },
            $"signing in to {registry} failed", remedy);
        await RunAsync(new ProcessRequest(path, "push", url), $"{url} was not pushed", remedy);
    }

    private async Task RunAsync(ProcessRequest request, string failure, string remedy)
    {
        context.Log.Write($"$ {Path.GetFileName(path)} {string.Join(' ', request.Arguments)}");
        ProcessResult result = await context.Runner.RunAsync(request with
        {
            WorkingDirectory = context.Checkout.Root,
            OnOutput = context.Log.Write,
            OnError = context.Log.Write,
        });
        if (result.ExitCode == 0)
            return;
        IEnumerable<string> last = $"{result.Output}\n{result.Error}".Split('\n').Where(line => line.Trim().Length > 0).TakeLast(5);
        throw OperationException.Failed(
            $"{failure}: {Path.GetFileName(path)} exited with code {result.ExitCode}",
            string.Join('\n', [.. last.Select(context.Reporter.Redactor.Apply), $"all of its output: {context.Log.Path}", remedy]));
    }
}
