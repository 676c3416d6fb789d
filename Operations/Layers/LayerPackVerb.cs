using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Layers;

internal sealed class LayerPackVerb() : Verb(
    "pack",
    "Pack a folder reproducibly: the same content gives a byte-identical file",
    "./infra layer pack layers/flask build/flask.zip")
{
    private readonly Argument<string> _folder = new("FOLDER") { Description = "Folder with the content of the layer: python/, nodejs/, …" };
    private readonly Argument<string> _artifact = new("ARTIFACT") { Description = "Zip file to write" };

    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override Task<ExitCode> RunAsync(Invocation invocation)
    {
        string path = invocation.Value(_artifact);
        int files = LayerArtifact.Pack(invocation.Value(_folder), path);
        invocation.Context.Reporter.Line($"{path}: {files} {(files == 1 ? "file" : "files")}");
        return Task.FromResult(ExitCode.Ok);
    }
}
