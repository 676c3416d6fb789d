using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Insight;
using Infra.Naming;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Smoke;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Releases;

/// <summary>
/// Releases an image: runs the migration once, writes the ledger, applies the affected resources of runtime, waits for the service, runs
/// smoke tests. A failure after the ledger was written is rolled back automatically.
/// </summary>
internal sealed class ReleaseCommand : IDisposable
{
    private static readonly TimeSpan StableWithin = TimeSpan.FromMinutes(15);

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
                "push it there first, or copy it from another environment: docs/operations.md, \"Promotion\"");
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
                $"{Service} has no migration", "\"migration\": { \"command\": […] } in the environment file, then ./infra deploy runtime");
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
            return await RollOutAsync(verb, digest, current, running is not null);
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

    private async Task<ExitCode> RollOutAsync(string verb, string digest, LedgerEntry before, bool runtimeIsThere)
    {
        string shown = ImageReference.Short(digest);
        long version = before.Value == digest ? before.Version : await _ledger.WriteAsync(Parameter, digest, Stopping);
        _done.Add($"the ledger contains {shown} (version {version})");
        Reporter.Line($"{Service}: the ledger now contains {shown} (version {version})");
        if (!runtimeIsThere)
        {
            Reporter.Good($"{Service}: runtime is not deployed; {shown} runs after the next deployment");
            return ExitCode.Ok;
        }

        try
        {
            await ApplyAsync();
            _done.Add("runtime is applied");
            Reporter.Status($"waiting for {Service} to be stable");
            await _rollout.WaitAsync(running => running.Runs(digest), StableWithin, Stopping);
            _done.Add($"{Service} is stable");
            await new SmokeRun(_context, _session.Environment, _session.Access, _session.OnEmulator,
                await DeployedOutputs.ReadAsync(_session.State, _session.Environment.Names, Stopping)).PassAsync(Service);
        }
        catch (OperationException e) when (e.ExitCode != ExitCode.Interrupted)
        {
            throw await RollBackAsync(verb, e, version, before.Value == digest ? await BeforeAsync(digest) : before.Value);
        }

        Reporter.Good($"{Service} runs {shown}");
        return ExitCode.Ok;
    }

    /// <summary>Value of the ledger before an interrupted run wrote the digest that this run continues with.</summary>
    private async Task<string> BeforeAsync(string digest) =>
        (await _ledger.HistoryAsync(Parameter, Stopping)).FirstOrDefault(entry => entry.Value != digest && !entry.Failed)?.Value
            ?? ReleaseParameter.NothingReleased;

    private async Task<OperationException> RollBackAsync(string verb, OperationException cause, long failed, string previous)
    {
        string shown = ImageReference.Short(previous);
        Reporter.Error($"{Service}: {cause.Message}");
        foreach (string line in (cause.Remedy ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Reporter.Line($"       {line}");
        Reporter.Step($"{Service}: rolling back to {(previous == ReleaseParameter.NothingReleased ? "the placeholder image" : shown)}");
        try
        {
            await _ledger.MarkFailedAsync(Parameter, failed, Stopping);
            await _ledger.WriteAsync(Parameter, previous, Stopping);
            await ApplyAsync();
            await _rollout.WaitAsync(running => running.Runs(previous), StableWithin, Stopping);
        }
        catch (OperationException e) when (e.ExitCode != ExitCode.Interrupted)
        {
            return OperationException.Failed(
                $"{verb} of {Service} failed, and so did rolling back to {shown}: {e.Message}",
                $"{e.Remedy}\nto see what runs: ./infra status {_options.AsTyped}\nto continue the rollback: ./infra deploy "
                    + $"{_options.AsTyped} runtime");
        }

        return OperationException.Failed($"{verb} of {Service} failed and was rolled back: it runs {shown} again", $"why: {cause.Message}");
    }

    /// <summary>
    /// Applies only the resources of runtime that depend on the ledger, without refreshing the others: fast, and possible with the
    /// permissions of a release role.
    /// </summary>
    private async Task ApplyAsync()
    {
        StackFolder stack = _session.Stack(StackNames.Runtime);
        IReadOnlyList<string> released = ReleasedResources.Of(new StackJson(stack.Name, stack.Json), Service);
        var runner = new StackRunner(_context, _session, [new ReleaseReview(released, _options.Yes, Reporter.Warn)]);
        await runner.ApplyAsync(await runner.PlanAsync(stack, mode: new PlanMode { Refresh = false, Targets = released }));
    }

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
