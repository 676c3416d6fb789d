using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Layers;

internal sealed class LayerPublishVerb() : Verb(
    "publish",
    "Publish a version if the sources changed, and use it; versions beyond keepVersions are deleted",
    "./infra layer publish flask-layer build/flask.zip --env sandbox",
    "./infra layer publish flask-layer build/flask.zip --env prod --force",
    "./infra layer publish flask-layer build/flask.zip --env prod --dry-run    exit code 5 if there is anything to publish")
{
    private readonly LayerArgument _name = new();
    private readonly Argument<string> _artifact = new("ARTIFACT") { Description = "Zip file to publish" };
    private readonly Option<bool> _force = new("--force") { Description = "Publish even if its sources have not changed" };

    private readonly Option<string?> _root = new("--root")
    {
        Description = "Root of the repository with its sources. Default: this one",
        HelpName = "DIR",
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        LayerCommand command = await LayerCommand.OpenAsync(invocation.Context, invocation.Options, invocation.Value(_name));
        return await command.PublishAsync(
            invocation.Value(_artifact),
            Path.GetFullPath(invocation.Value(_root) ?? invocation.Context.Checkout.Root),
            invocation.Value(_force));
    }
}
