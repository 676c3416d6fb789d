using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;

namespace Infra.Operations.Layers;

/// <summary>Builds the artifact of a layer from its folders in the repository and its build command.</summary>
internal sealed class LayerBuild(RunContext context, string root)
{
    /// <summary>Variable with the layer's folder, for the build command.</summary>
    public const string FolderVariable = "LAYER_FOLDER";

    /// <returns>Path of the artifact.</returns>
    /// <exception cref="OperationException">The layer has no content, a folder is missing, or the build command fails.</exception>
    public async Task<string> RunAsync(string name, LayerConfig layer)
    {
        if (layer.Content.Count == 0 && layer.Build.Count == 0)
            throw OperationException.BadInput(
                $"layer {name} has no content to build",
                "set \"content\": { \"python\": \"FOLDER\" } in the environment file, or publish an artifact: "
                    + $"./infra layer publish {name} FILE");
        string folder = Path.Combine(context.Checkout.WorkFolder, "layers", name);
        string artifact = $"{folder}.zip";
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach ((string inLayer, string from) in layer.Content)
            Copy(from, Path.Combine(folder, inLayer));
        if (layer.Build.Count > 0)
            await BuildAsync(name, new ProcessRequest(layer.Build[0], [.. layer.Build.Skip(1)])
            {
                WorkingDirectory = root,
                Variables = new Dictionary<string, string?> { [FolderVariable] = folder },
                OnOutput = context.Reporter.Detail,
                OnError = context.Reporter.Detail,
            });
        int files = LayerArtifact.Pack(folder, artifact);
        context.Reporter.Detail($"{name}: {files} {(files == 1 ? "file" : "files")} in {context.Checkout.Show(artifact)}");
        return artifact;
    }

    private void Copy(string from, string to)
    {
        string source = Path.Combine(root, from);
        if (!Directory.Exists(source))
            throw OperationException.BadInput(
                $"folder {from} does not exist in {root}", "fix \"content\" in the environment file, or pass --root DIR");
        foreach (string file in SourceGlob.Below(source))
        {
            string target = Path.Combine(to, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private async Task BuildAsync(string name, ProcessRequest request)
    {
        if (ToolOnPath.Find(request.Program) is null)
            throw OperationException.BadInput($"the build command of layer {name} does not exist: {request.Program}");
        ProcessResult result = await context.Runner.RunAsync(request);
        if (result.ExitCode != 0)
            throw OperationException.Failed($"the build command of layer {name} failed with exit code {result.ExitCode}");
    }
}
