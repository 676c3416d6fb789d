using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Releases;

/// <summary>
/// Releases an image, or rolls back to an earlier one: checks it, acquires the lock, runs the migration once, and deploys its digest:
/// <see cref="ReleaseRun"/>.
/// </summary>
internal sealed class ReleaseCommand : IDisposable
{
    private readonly RunContext _context;
    private readonly SessionOptions _options;
    private readonly DeploymentSession _session;
    private readonly Application _application;
    private readonly ReleaseLedger _ledger;
    private readonly IRollout _rollout;
    private readonly ServiceMigration _migration;
    private readonly ReleaseTags _tags;
    private readonly List<string> _done = [];
    private readonly bool _ownsSession;

    private ReleaseCommand(
        RunContext context, SessionOptions options, DeploymentSession session, Application application, bool ownsSession = true)
    {
        _ownsSession = ownsSession;
        _context = context;
        _options = options;
        _session = session;
        _application = application;
        Names names = session.Environment.Names;
        _ledger = new ReleaseLedger(session.Access);
        _rollout = application.IsAgent
            ? new AgentRollout(
                session.Access, names.AgentStack(application.Name), async () => (await RuntimeOutputsAsync()).Agents is not null)
            : new ServiceRollout(session.Access, names.Cluster, names.Service(application.Name), application.Name);
        Registry = new ImageRegistry(session.Access, names.Repository(application.Repository));
        _tags = new ReleaseTags(Registry, names.ReleaseTagPrefix(application.Name),
            session.Environment.Config.Repositories[application.Repository].KeepReleases);
        _migration = new ServiceMigration(context, options, session, application.Name, Registry);
    }

    public ImageRegistry Registry { get; }

    private string Parameter => _session.Environment.Names.Release(Service);

    private string Service => _application.Name;

    private Reporter Reporter => _context.Reporter;

    private CancellationToken Stopping => _context.Stopping;

    /// <summary>Prepares a release of one service or agent: verifies the account, synthesizes the stacks.</summary>
    /// <exception cref="OperationException">There is no such service, or the credentials belong to another account.</exception>
    public static async Task<ReleaseCommand> OpenAsync(RunContext context, SessionOptions options, string service, string verb)
    {
        Application application =
            NamedApplication.Find(EnvironmentLoader.Load(context, options.Environment, warn: false).Config, service);
        return new ReleaseCommand(context, options, await DeploymentSession.PrepareAsync(context, options, verb), application);
    }

    /// <summary>Prepares a release in the session of another command, which disposes of it.</summary>
    public static ReleaseCommand In(
        RunContext context, SessionOptions options, DeploymentSession session, Application application) =>
        new(context, options, session, application, ownsSession: false);

    public void Dispose()
    {
        if (_ownsSession)
            _session.Dispose();
    }

    /// <summary>Releases an image.</summary>
    /// <param name="image">Image, as given on the command line.</param>
    public async Task<ExitCode> ReleaseAsync(string image)
    {
        var reference = ImageReference.Parse(image);
        if (reference.Repository is { } repository && repository.Split('/', 2)[^1] != Registry.Repository)
            throw OperationException.BadInput($"{repository} is not the repository of {Service}, which is {Registry.Repository}");
        RegistryImage found = await Registry.FindAsync(reference.Digest, reference.Tag, Stopping)
            ?? throw OperationException.BadInput(
                $"repository {Registry.Repository} of account {_session.Environment.Config.Account} has no image "
                    + $"{reference.Digest ?? reference.Tag}",
                "push it there first, or copy it from another environment: docs/operations.md#releases");
        await CheckArchitectureAsync(found.Digest);
        return await ReleaseDigestAsync("release", found.Digest, migrate: true);
    }

    /// <summary>Rolls back to an earlier release. The database is not rolled back: migrations are not undone.</summary>
    /// <param name="to">Version in the ledger; null means the previous release.</param>
    public async Task<ExitCode> RollBackAsync(long? to)
    {
        IReadOnlyList<LedgerEntry> history = await _ledger.HistoryAsync(Parameter, Stopping);
        string known = string.Join(
            ", ", history.Select(entry => $"{entry.Version} {ImageReference.Short(entry.Value)}{(entry.Failed ? " failed" : "")}"));
        LedgerEntry entry = (
            to is null ? (history.Count == 0 ? null : ReleaseLedger.Previous(history)) : history.FirstOrDefault(each => each.Version == to))
            ?? throw OperationException.BadInput(
                to is null ? $"{Service} has no earlier release to roll back to" : $"the ledger of {Service} has no version {to}",
                known.Length > 0 ? $"available: {known}" : "nothing was released yet");
        if (await Registry.FindAsync(entry.Value, null, Stopping) is null)
            throw OperationException.BadInput(
                $"repository {Registry.Repository} no longer has image {entry.Value}", $"available: {known}\nchoose another with --to N");
        Reporter.Line(
            $"{Service}: roll back to version {entry.Version} of {entry.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC; the database is not "
                + "changed, migrations are not undone");
        return await ReleaseDigestAsync("rollback", entry.Value, migrate: false);
    }

    /// <summary>Runs the migration with the released image, or with another one.</summary>
    /// <param name="image">Image, as given on the command line; null means the one in the ledger.</param>
    public async Task<ExitCode> MigrateAsync(string? image)
    {
        string digest = image is null ? (await _ledger.CurrentAsync(Parameter, Stopping)).Value : ImageReference.Parse(image).Digest
            ?? throw OperationException.BadInput("pass the image with its digest");
        if (digest == ReleaseParameter.NothingReleased)
            throw OperationException.BadInput($"{Service} was not released yet", "pass an image: ./infra migrate SERVICE IMAGE@DIGEST");
        await using ReleaseLock held = await LockAsync("migrate");
        if (!await _migration.RunAsync(digest, await RuntimeOutputsAsync()))
            throw OperationException.BadInput(
                $"{Service} has no migration", "\"migration\": { \"command\": […] } in the environment file, then ./infra deploy --env NAME");
        return ExitCode.Ok;
    }

    private async Task<ExitCode> ReleaseDigestAsync(string verb, string digest, bool migrate)
    {
        string shown = ImageReference.Short(digest);
        LedgerEntry current = await _ledger.CurrentAsync(Parameter, Stopping);
        RunningService? running = await _rollout.ReadAsync(Stopping);
        if (current.Value == digest && running is { Rollout: "COMPLETED" } && running.Runs(digest))
        {
            if (!_options.DryRun)
                await _tags.KeepAsync(digest, digest, Stopping);
            Reporter.Line($"{Service} already runs {shown}, since {current.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC; nothing to do");
            return ExitCode.Ok;
        }

        // Without runtime the migration has no network and no task definition, and nothing would run it when runtime starts.
        if (migrate && running is null && current.Value != digest
            && _session.Environment.Config.Services.GetValueOrDefault(Service)?.Migration is not null)
            throw OperationException.BadInput(
                $"{Service} has a migration, which needs runtime: asleep, or not deployed; nothing was released",
                $"./infra wake {_options.AsTyped}, or ./infra deploy {_options.AsTyped} runtime; then run the same command again");
        RuntimeOutputs outputs = await RuntimeOutputsAsync();
        bool hasMigration = migrate && current.Value != digest && ServiceMigration.IsIn(outputs, Service);
        if (_options.DryRun)
        {
            Reporter.Line(
                $"{Service}: {ImageReference.Short(current.Value)} → "
                    + $"{shown}{(hasMigration ? $", {_migration.Description}" : "")}{(running is null ? "; runtime is not deployed: only the ledger is written" : "")}");
            return ExitCode.Changes;
        }

        await new Confirmation(_session.Environment.Config, _options, Reporter)
            .BeforeAsync($"{verb} {Service}", Stopping);
        await using ReleaseLock held = await LockAsync($"{verb} {Service} {shown}");
        // Another run may have released while this one waited for the lock.
        current = await _ledger.CurrentAsync(Parameter, Stopping);
        await _tags.KeepAsync(digest, current.Value, Stopping);
        try
        {
            if (hasMigration && current.Value != digest && await _migration.RunAsync(digest, outputs))
                _done.Add("the migration ran");
            return await new ReleaseRun(_context, _options, _session, Service, _ledger, _rollout, _done)
                .RunAsync(verb, digest, current, running is not null);
        }
        catch (OperationException e) when (e.ExitCode == ExitCode.Interrupted)
        {
            throw Continued(e, verb, shown);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            throw Continued(new OperationException(ExitCode.Interrupted, "interrupted"), verb, shown);
        }
    }

    private OperationException Continued(OperationException e, string verb, string shown) => new(
        ExitCode.Interrupted,
        $"{verb} of {Service} to {shown} was interrupted",
        (_done.Count > 0 ? $"done: {string.Join("; ", _done)}\n" : "nothing was changed\n")
        + $"run the same command again to continue, or ./infra rollback {_options.AsTyped} {Service} to roll back", e);

    private Task<RuntimeOutputs> RuntimeOutputsAsync() =>
        DeployedOutputs.ReadRuntimeAsync(_session.State, _session.Environment.Names, Stopping);

    private async Task CheckArchitectureAsync(string digest)
    {
        string wanted = _application.Architecture == CpuArchitecture.Arm64 ? "arm64" : "amd64";
        IReadOnlyList<string> there = await Registry.ArchitecturesAsync(digest, Stopping);
        if (there.Count > 0 && !there.Contains(wanted, StringComparer.Ordinal))
        {
            throw OperationException.BadInput(
                $"{Service} runs on {_application.Architecture.Text()}, the image is built for {string.Join(", ", there)}",
                $"build it with --platform linux/{wanted}{(_application.IsAgent ? "" : $", or set \"architecture\" of {Service}")}");
        }
    }

    private Task<ReleaseLock> LockAsync(string operation)
    {
        StateConfig state = _session.Environment.Config.State;
        Names names = _session.Environment.Names;
        return ReleaseLock.TakeAsync(
            _context, _session.Access, state.LockTableOf(names), names.ReleaseLock(Service), operation, _options.LockTimeout);
    }
}
