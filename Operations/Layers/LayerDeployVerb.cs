using System.CommandLine;
using Infra.Configuration;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Layers;

internal sealed class LayerDeployVerb() : Verb(
    "deploy",
    "Build layers from their folders in the repository, and publish those whose sources changed",
    "./infra layer deploy --env dev --profile github-deploy da_flask",
    "./infra layer deploy --env prod                       all layers of the environment file",
    "./infra layer deploy --env dev --dry-run              exit code 5 if there is anything to publish")
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Layers, by name or component. Default: all",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _force = new("--force") { Description = "Publish even if the sources have not changed" };

    private readonly Option<string?> _root = new("--root")
    {
        Description = "Root of the repository with the folders. Default: this one",
        HelpName = "DIR",
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        string root = Path.GetFullPath(invocation.Value(_root) ?? invocation.Context.Checkout.Root);
        LoadedEnvironment environment = EnvironmentLoader.Load(invocation.Context, invocation.Options.Environment);
        var build = new LayerBuild(invocation.Context, root);
        var artifacts = new List<(string Name, string Artifact)>();
        // All are built before the first is published: a layer that cannot be built stops the deployment before it changes anything.
        foreach (string name in LayerNames.FindAll(environment, invocation.Value(_names)))
            artifacts.Add((name, await build.RunAsync(name, environment.Config.Layers[name])));
        ExitCode exitCode = ExitCode.Ok;
        foreach ((string name, string artifact) in artifacts)
        {
            LayerCommand command = await LayerCommand.OpenAsync(invocation.Context, invocation.Options, environment, name);
            if (await command.PublishAsync(artifact, root, invocation.Value(_force)) is not ExitCode.Ok and var other)
                exitCode = other;
        }

        return exitCode;
    }
}
