using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Delivery;

internal sealed class DeliverVerb() : Verb(
    "deliver",
    "Deploy base, build and push the images, deploy runtime, release services and agents, run the smoke tests",
    "./infra deliver --env beta --profile acme-beta               everything, in one command",
    "./infra deliver --env beta --dry-run                         which images would be built, what would change in the stacks",
    "./infra deliver --env dev --context backend=../app/backend   the build context of an image, without a pipeline",
    "./infra deliver --env beta --skip-images                     only the stacks and the smoke tests")
{
    private readonly Option<bool> _images = new("--skip-images") { Description = "Build and release no images" };
    private readonly Option<bool> _agents = new("--skip-agents") { Description = "Build and release no images of agents" };
    private readonly Option<bool> _infrastructure = new("--skip-infrastructure") { Description = "Deploy no stacks" };
    private readonly Option<bool> _smoke = new("--skip-smoke") { Description = "Do not run the smoke tests at the end" };

    private readonly Option<string[]> _contexts = new("--context")
    {
        Description =
            "Build context of the image of a repository; can be repeated. Default: pipeline.images of the environment in deployedFrom",
        HelpName = "NAME=DIR",
    };

    private readonly Option<string?> _tag = new("--tag")
    {
        Description = "Tag of the images. Default: the commit of the build context, which must have no uncommitted changes",
        HelpName = "TAG",
    };

    private readonly Option<string[]> _digests = new("--digests")
    {
        Description = "Release the images in this file, with a line NAME=sha256:… for each repository, and build none; can be repeated",
        HelpName = "FILE",
    };

    private readonly AllowDataLossOption _allowDataLoss = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new DeliverCommand(invocation.Context, invocation.Options, new DeliveryOptions
        {
            SkipImages = invocation.Value(_images),
            SkipAgents = invocation.Value(_agents),
            SkipInfrastructure = invocation.Value(_infrastructure),
            SkipSmoke = invocation.Value(_smoke),
            Contexts = invocation.Value(_contexts),
            Tag = invocation.Value(_tag),
            Digests = invocation.Value(_digests),
            AllowDataLoss = invocation.Value(_allowDataLoss),
        }).RunAsync();
}
