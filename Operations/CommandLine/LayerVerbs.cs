using System.CommandLine;
using Infra.Operations.Layers;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>layer pack|publish|rollback|list</c>.</summary>
internal static class LayerVerbs
{
    public static Verb Create(RunContext context) => new(
        "layer",
        "Pack, publish, roll back and list Lambda layers",
        "./infra layer pack layers/flask build/flask.zip",
        "./infra layer publish flask-layer build/flask.zip --env sandbox",
        "./infra layer rollback flask-layer --env prod")
    {
        Pack(context), Publish(context), RollBack(context), List(context),
    };

    private static Verb Pack(RunContext context)
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder with the content of the layer: python/, nodejs/, …" };
        var artifact = new Argument<string>("ARTIFACT") { Description = "Zip file to write" };
        var verb = new Verb(
            "pack",
            "Pack a folder reproducibly: the same content gives a byte-identical file",
            "./infra layer pack layers/flask build/flask.zip")
        {
            folder, artifact,
        };
        return verb.WithAction(parsed =>
        {
            string path = parsed.GetValue(artifact)!;
            int files = LayerArtifact.Pack(parsed.GetValue(folder)!, path);
            context.Reporter.Line($"{path}: {files} {(files == 1 ? "file" : "files")}");
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static Verb Publish(RunContext context)
    {
        Argument<string> name = Name();
        var artifact = new Argument<string>("ARTIFACT") { Description = "Zip file to publish" };
        var force = new Option<bool>("--force") { Description = "Publish even if its sources have not changed" };
        var root =
            new Option<string?>("--root") { Description = "Root of the repository with its sources. Default: this one", HelpName = "DIR" };
        var verb = new Verb(
            "publish",
            "Publish a version if the sources changed, and use it; versions beyond keepVersions are deleted",
            "./infra layer publish flask-layer build/flask.zip --env sandbox",
            "./infra layer publish flask-layer build/flask.zip --env prod --force",
            "./infra layer publish flask-layer build/flask.zip --env prod --dry-run    exit code 5 if there is anything to publish")
        {
            name, artifact, force, root,
        };
        return verb.WithAction(
            async parsed => await (await LayerCommand.OpenAsync(context, Options.Read(context, parsed), parsed.GetValue(name)!))
            .PublishAsync(
                parsed.GetValue(artifact)!, Path.GetFullPath(parsed.GetValue(root) ?? context.Checkout.Root), parsed.GetValue(force)));
    }

    private static Verb RollBack(RunContext context)
    {
        Argument<string> name = Name();
        var to = new Option<long?>("--to") { Description = "Version to use. Default: the previously used one", HelpName = "VERSION" };
        var verb = new Verb(
            "rollback",
            "Use an earlier version again",
            "./infra layer rollback flask-layer --env prod            the previously used one",
            "./infra layer rollback flask-layer --to 7 --env prod")
        {
            name, to,
        };
        return verb.WithAction(
            async parsed => await (await LayerCommand.OpenAsync(context, Options.Read(context, parsed), parsed.GetValue(name)!))
                .RollBackAsync(parsed.GetValue(to)));
    }

    private static Verb List(RunContext context)
    {
        Argument<string> name = Name();
        var verb = new Verb("list", "List the versions, and which one is in use", "./infra layer list flask-layer --env prod") { name };
        return verb.WithAction(async parsed =>
            await (await LayerCommand.OpenAsync(context, Options.Read(context, parsed), parsed.GetValue(name)!)).ListAsync());
    }

    private static Argument<string> Name() => new("NAME") { Description = "Layer: a name in layers of the environment file" };
}
