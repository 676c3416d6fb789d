using Infra.Configuration;
using Infra.Configuration.Derived;
using Infra.Contracts;
using Infra.Operations.Deployment;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Delivery;

/// <summary>
/// Delivers an environment in one command: the steps of a deployment, with the images built between base, which has their repositories, and
/// runtime, and the releases after it.
/// </summary>
internal sealed class DeliverCommand(RunContext context, SessionOptions options, DeliveryOptions delivery)
{
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);

    private IReadOnlyList<string> Stacks => delivery.SkipInfrastructure ? [] : StackOrder.Default;

    public async Task<ExitCode> RunAsync()
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment, warn: false);
        if (environment.Config.Pipeline is not null)
            throw OperationException.BadInput(
                $"{environment.Config.Name} has a pipeline and no services", $"./infra deploy {options.AsTyped}");
        var sources = new ImageSources(environment, delivery, context.Checkout.Root);
        IReadOnlyList<DeliveredImage> images = sources.Read();
        if (!delivery.SkipImages)
        {
            foreach (string kept in sources.Kept(images))
                context.Reporter.Line($"{kept}: no build context; keeps its released image");
        }

        var build = new ImageBuild(context, delivery.Tag);
        DeliveredImage[] built = [.. images.Where(image => image.Context is not null)];
        // Before anything is changed: a tool or a commit that is missing is not noticed only after base is deployed.
        if (built.Length > 0)
            _ = ContainerTool.Find(context);
        foreach (DeliveredImage image in built)
            _ = await build.TagAsync(image);

        if (options.DryRun)
            return await DryRunAsync(images, build);
        return await new DeployCommand(context, options) { AllowDataLoss = delivery.AllowDataLoss }.DeployAsync(
            Stacks,
            delivery.SkipSmoke ? [DeploySteps.Smoke] : [],
            new AdditionalSteps
            {
                BeforeRuntime = session => [.. images.Select(image =>
                    new DeployStep($"image {image.Repository}", () => ImageAsync(image, build, session)))],
                AfterRuntime = session => [.. images.SelectMany(image => image.Applications.Select(application =>
                    new DeployStep($"release {application.Name}", () => ReleaseAsync(image, application, session))))],
                Continue = Continue,
            });
    }

    private async Task<ExitCode> DryRunAsync(IReadOnlyList<DeliveredImage> images, ImageBuild build)
    {
        foreach (DeliveredImage image in images)
        {
            string applications = string.Join(", ", image.Applications.Select(application => application.Name));
            context.Reporter.Line(image.Digest is { } digest
                ? $"image {image.Repository}: {ImageReference.Short(digest)}"
                : $"image {image.Repository}: built from {image.Context} for {image.Platform} with the tag {await build.TagAsync(image)}, "
                    + "unless the repository has that tag");
            context.Reporter.Line($"release: {applications}");
        }

        ExitCode plan = Stacks.Count > 0
            ? await new PlanCommand(context, options) { AllowDataLoss = delivery.AllowDataLoss }.RunAsync(Stacks)
            : ExitCode.Ok;
        return images.Count > 0 && plan == ExitCode.Ok ? ExitCode.Changes : plan;
    }

    private async Task<string> ImageAsync(DeliveredImage image, ImageBuild build, DeploymentSession session)
    {
        (string digest, bool built) = image.Digest is null ? await build.RunAsync(image, session) : (image.Digest, false);
        _digests[image.Repository] = digest;
        string done = $"image {image.Repository}: {ImageReference.Short(digest)}{(built ? ", built and pushed" : ", in the registry")}";
        context.Reporter.Line($"  {done}");
        return done;
    }

    private async Task<string> ReleaseAsync(DeliveredImage image, Application application, DeploymentSession session)
    {
        string digest = _digests[image.Repository];
        using ReleaseCommand command = ReleaseCommand.In(context, options, session, application);
        await command.ReleaseAsync(digest);
        return $"release {application.Name}: {ImageReference.Short(digest)}";
    }

    /// <summary>
    /// The command that continues after a failure. It repeats nothing that is done: plans have no changes, images have their tag.
    /// </summary>
    private string Continue(IReadOnlyCollection<string> left)
    {
        if (left.All(step => step == DeploySteps.Smoke))
            return $"./infra smoke {options.AsTyped}";
        bool stacksAreDone = !left.Contains(StackNames.Base) && !left.Contains(StackNames.Runtime);
        return $"./infra deliver {options.AsTyped}{(delivery with { SkipInfrastructure = stacksAreDone }).AsTyped}";
    }
}
