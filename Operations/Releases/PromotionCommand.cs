using Infra.Configuration;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Releases;

/// <summary>Releases in one environment what another runs: the same digests, one service after the other.</summary>
internal static class PromotionCommand
{
    /// <param name="context">Context of the run.</param>
    /// <param name="options">Options of the target environment.</param>
    /// <param name="from">Source environment.</param>
    /// <param name="fromProfile">AWS profile of the source environment; null means the same credentials.</param>
    /// <param name="named">Services; empty means all that both environments have.</param>
    public static async Task<ExitCode> RunAsync(
        RunContext context, SessionOptions options, string from, string? fromProfile, IReadOnlyCollection<string> named)
    {
        LoadedEnvironment to = EnvironmentLoader.Load(context, options.Environment, warn: false);
        SessionOptions ofSource = options with { Environment = from, Profile = fromProfile ?? options.Profile };
        LoadedEnvironment origin = EnvironmentLoader.Load(context, from);
        string[] services = named.Count > 0
            ? [.. named]
            : [.. Names(origin.Config).Intersect(Names(to.Config)).Order(StringComparer.Ordinal)];
        if (services.Length == 0)
            throw OperationException.BadInput(
                $"{origin.Config.Name} and {to.Config.Name} have no service in common; nothing was released",
                $"{origin.Config.Name}: {Listed(origin.Config)}\n{to.Config.Name}: {Listed(to.Config)}");
        foreach (string service in services)
        {
            if (!Names(origin.Config).Contains(service) || !Names(to.Config).Contains(service))
                throw OperationException.BadInput(
                    $"{service} is not a service of both {origin.Config.Name} and {to.Config.Name}");
        }

        Connection source = await Connection.OpenAsync(context, ofSource, origin);
        bool changes = false;
        foreach (string service in services)
        {
            LedgerEntry released = await new ReleaseLedger(source.Access)
                .CurrentAsync(source.Environment.Names.Release(service), context.Stopping);
            if (released.Value == ReleaseParameter.NothingReleased)
            {
                context.Reporter.Line($"{service}: nothing was released in {origin.Config.Name} yet");
                continue;
            }

            context.Reporter.Step(
                $"{service}: {ImageReference.Short(released.Value)} from {origin.Config.Name} to {to.Config.Name}");
            using ReleaseCommand command = await ReleaseCommand.OpenAsync(context, options, service, "promote");
            await CheckIsThereAsync(context, source, to, command, service, released.Value);
            changes |= await command.ReleaseAsync(released.Value) == ExitCode.Changes;
        }

        return changes ? ExitCode.Changes : ExitCode.Ok;
    }

    private static async Task CheckIsThereAsync(
        RunContext context, Connection source, LoadedEnvironment to, ReleaseCommand command, string service, string digest)
    {
        if (await command.Registry.FindAsync(digest, null, context.Stopping) is not null)
            return;
        var sources =
            new ImageRegistry(
                source.Access, source.Environment.Names.Repository(
                    Application.Of(source.Environment.Config).Single(application => application.Name == service).Repository));
        string tag = (await sources.FindAsync(digest, null, context.Stopping))?.Tags
            .Where(tag => !tag.StartsWith(Infra.Naming.Names.ReleaseTagStart, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .FirstOrDefault() ?? "promoted";
        throw OperationException.BadInput(
            $"{to.Config.Name} does not have the image: its repository {command.Registry.Repository} in {to.Config.Account} does not "
                + $"contain {digest}",
            "copy it, signed in to both registries, then run the same command again:\n"
            + $"docker buildx imagetools create --tag {Url(to, command.Registry.Repository)}:{tag} "
                + $"{Url(source.Environment, sources.Repository)}@{digest}\n"
            + "in GitHub Actions the workflow copy-image does this");
    }

    private static string[] Names(EnvironmentConfig config) => [.. Application.Of(config).Select(application => application.Name)];

    private static string Listed(EnvironmentConfig config) =>
        Names(config) is { Length: > 0 } names ? string.Join(", ", names.Order(StringComparer.Ordinal)) : "no services";

    private static string Url(LoadedEnvironment environment, string repository) =>
        $"{environment.Config.Account}.dkr.ecr.{environment.Config.Region}.amazonaws.com/{repository}";
}
