using System.Globalization;
using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.AwsClients;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Layers;

/// <summary>Publishes versions of one layer, rolls back to an earlier one, and lists them.</summary>
internal sealed class LayerCommand
{
    private readonly RunContext _context;
    private readonly SessionOptions _options;
    private readonly Connection _connection;
    private readonly string _name;
    private readonly LayerConfig _layer;
    private readonly LambdaLayerClient _lambda;
    private readonly ReleaseLedger _ledger;

    private LayerCommand(RunContext context, SessionOptions options, Connection connection, string name, LayerConfig layer)
    {
        _context = context;
        _options = options;
        _connection = connection;
        _name = name;
        _layer = layer;
        _lambda = new LambdaLayerClient(connection.Access, Names.Layer(name));
        _ledger = new ReleaseLedger(connection.Access);
    }

    private Names Names => _connection.Environment.Names;

    private Reporter Reporter => _context.Reporter;

    private string Parameter => Names.LayerRelease(_name);

    private CancellationToken Stopping => _context.Stopping;

    /// <summary>Connects to the environment's account.</summary>
    /// <exception cref="OperationException">The environment has no such layer, or the credentials belong to another account.</exception>
    public static Task<LayerCommand> OpenAsync(RunContext context, SessionOptions options, string name) =>
        OpenAsync(context, options, EnvironmentLoader.Load(context, options.Environment), name);

    /// <summary>Connects to the account of an environment that was read already.</summary>
    /// <exception cref="OperationException">The environment has no such layer, or the credentials belong to another account.</exception>
    public static async Task<LayerCommand> OpenAsync(
        RunContext context, SessionOptions options, Configuration.LoadedEnvironment environment, string name)
    {
        string found = LayerNames.Find(environment, name);
        return new LayerCommand(
            context, options, await Connection.OpenAsync(context, options, environment), found, environment.Config.Layers[found]);
    }

    /// <summary>Publishes a version if the sources changed, uses it, and deletes versions beyond those that are kept.</summary>
    /// <param name="artifactPath">Zip file.</param>
    /// <param name="root">Root of the repository with the sources.</param>
    /// <param name="force">Whether to publish even if nothing changed.</param>
    public async Task<ExitCode> PublishAsync(string artifactPath, string root, bool force)
    {
        LayerArtifact artifact = LayerArtifact.Read(artifactPath, _layer);
        IReadOnlyList<Submodule> submodules = await Submodules.OfAsync(_context.Runner, root, LayerFingerprint.FoldersOf(_layer));
        string fingerprint = LayerFingerprint.Of(_layer, root, artifact.Hash, submodules);
        foreach (Submodule submodule in submodules)
            Reporter.Line($"{_lambda.Name}: from {submodule.Path} at {submodule.ShortCommit}");
        if (!_options.DryRun)
            await Confirmation.BeforeAsync($"publish {_lambda.Name}", Stopping);
        await using ReleaseLock? held = _options.DryRun ? null : await LockAsync("layer publish");
        IReadOnlyList<LedgerEntry> history = await _ledger.HistoryAsync(Parameter, Stopping);
        IReadOnlyList<LayerVersion> versions = await _lambda.VersionsAsync(Stopping);
        LayerVersion? newest = versions.Count == 0 ? null : versions[0];

        if (!force && newest is not null && LayerFingerprint.In(newest.Description) == fingerprint)
            return await UnchangedAsync(newest, history);
        string why = force ? "forced"
            : newest is null ? "the first version"
            : IsForeign(newest) ? $"version {newest.Number} was published by something else"
            : $"changed since version {newest.Number}";
        if (_options.DryRun)
        {
            Reporter.Line($"{_lambda.Name}: would be published ({why})");
            return ExitCode.Changes;
        }

        string key = await Artifacts.UploadAsync(_name, artifact, Stopping);
        LayerVersion published =
            await _lambda.PublishAsync(_layer, Names.CodeBucket, key, LayerFingerprint.Describe(_layer, fingerprint), Stopping);
        Reporter.Line(
            $"{_lambda.Name}: version {published.Number} published ({why}; {artifact.Bytes / 1024.0:0.#} KiB, "
                + $"{string.Join(", ", _layer.Runtimes)})");
        await UseAsync(published);
        IReadOnlyList<LayerVersion> expired = LayerRetention.Expired(
            [published, .. versions], _layer.KeepVersions, [published.Arn, history.Count == 0 ? null : history[0].Value]);
        foreach (LayerVersion version in expired)
        {
            await _lambda.DeleteAsync(version.Number, Stopping);
            Reporter.Detail($"  version {version.Number} deleted: {_layer.KeepVersions} are kept");
        }

        return ExitCode.Ok;
    }

    /// <summary>Rolls back to an earlier version.</summary>
    /// <param name="to">Its number; null means the previously used one.</param>
    public async Task<ExitCode> RollBackAsync(long? to)
    {
        if (!_options.DryRun)
            await Confirmation.BeforeAsync($"roll back {_lambda.Name}", Stopping);
        await using ReleaseLock? held = _options.DryRun ? null : await LockAsync("layer rollback");
        IReadOnlyList<LedgerEntry> history = await _ledger.HistoryAsync(Parameter, Stopping);
        if (history.Count == 0 && to is null)
            throw OperationException.BadInput(
                $"{_lambda.Name} was never published to {_connection.Environment.Config.Name}; there is nothing to roll back to",
                $"./infra layer publish {_name} ARTIFACT.zip {_options.AsTyped}; to use a version that exists already, --to VERSION");
        IReadOnlyList<LayerVersion> versions = await _lambda.VersionsAsync(Stopping);
        string? wanted = to is null ? ReleaseLedger.Previous(history)?.Value : null;
        LayerVersion? target = versions.FirstOrDefault(version => to is null ? version.Arn == wanted : version.Number == to);
        if (target is null)
            throw OperationException.BadInput(
                to is not null
                    ? $"{_lambda.Name} has no version {to}"
                    : wanted is null
                    ? $"{_lambda.Name} has used only one version; there is no earlier one"
                    : $"{wanted}, the previously used version, is deleted",
                $"available: {string.Join(", ", versions.Select(version => version.Number))}; choose one with --to VERSION");
        if (history.Count > 0 && target.Arn == history[0].Value)
        {
            Reporter.Line($"{_lambda.Name}: version {target.Number} is already in use");
            return ExitCode.Ok;
        }

        if (_options.DryRun)
        {
            Reporter.Line($"{_lambda.Name}: version {target.Number} would be used again");
            return ExitCode.Changes;
        }

        await UseAsync(target);
        return ExitCode.Ok;
    }

    /// <summary>Lists versions with their creation time and fingerprint, and which one is in use.</summary>
    public async Task<ExitCode> ListAsync()
    {
        IReadOnlyList<LedgerEntry> history = await _ledger.HistoryAsync(Parameter, Stopping);
        IReadOnlyList<LayerVersion> versions = await _lambda.VersionsAsync(Stopping);
        if (versions.Count == 0)
            Reporter.Line($"{_lambda.Name}: no version is published");
        var result = new JArray();
        foreach (LayerVersion version in versions)
        {
            string use = history.Count > 0 && version.Arn == history[0].Value ? "in use"
                : version.Arn == (history.Count == 0 ? null : ReleaseLedger.Previous(history)?.Value) ? "before" : "";
            string created = version.Created?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";
            Reporter.Line(
                $"{version.Number,6}  {use,-6}  {created,-20}  "
                    + $"{LayerFingerprint.In(version.Description)?[..12] ?? "not from infra",-12}  {version.Arn}");
            result.Add(new JObject
            {
                ["version"] = version.Number,
                ["arn"] = version.Arn,
                ["inUse"] = use == "in use",
                ["created"] = version.Created?.UtcDateTime,
                ["fingerprint"] = LayerFingerprint.In(version.Description),
            });
        }

        _context.Report(result);

        return ExitCode.Ok;
    }

    private Confirmation Confirmation => new(
        _connection.Environment.Config, _options.Yes, Reporter.CanAsk, Reporter.AskAsync, Reporter);

    private LayerArtifactUpload Artifacts => new(
        _connection.Access, Names, _connection.Environment.Config.Naming.ExistingCodeBucket, _options);

    /// <summary>Whether a version was published by something else than this command: it can be used, and is never changed.</summary>
    private static bool IsForeign(LayerVersion version) => LayerFingerprint.In(version.Description) is null;

    private Task<ReleaseLock> LockAsync(string operation) => ReleaseLock.TakeAsync(
        _context, _connection.Access, _connection.Environment.Config.State.LockTableOf(Names), Names.LayerLock, $"{operation} {_name}",
        _options.LockTimeout);

    /// <summary>
    /// The newest version has the same sources: nothing is published, and the remaining steps of an interrupted run are done.
    /// </summary>
    private async Task<ExitCode> UnchangedAsync(LayerVersion newest, IReadOnlyList<LedgerEntry> history)
    {
        bool wasInUse = history.Any(entry => entry.Value == newest.Arn);
        Reporter.Line($"{_lambda.Name}: nothing to publish, version {newest.Number} has these sources");
        if (_options.DryRun)
            return wasInUse ? ExitCode.Ok : ExitCode.Changes;
        if (!wasInUse)
            await UseAsync(newest);
        else if (history[0].Value == newest.Arn)
            await ShareAsync(newest);
        else
            Reporter.Warn(
                $"  in use is {history[0].Value}, after a rollback; ./infra layer rollback {_name} --to {newest.Number} "
                    + $"{_options.AsTyped} uses the newest again, --force publishes a new version");
        return ExitCode.Ok;
    }

    /// <summary>Uses a version: first shares it with the accounts, then writes it to the ledger, where functions read it.</summary>
    private async Task UseAsync(LayerVersion version)
    {
        if (!IsForeign(version))
            await ShareAsync(version);
        else if (_layer.SharedWith.Count > 0)
            Reporter.Warn(
                $"  version {version.Number} was published by something else: with whom it is shared is not changed");
        await _ledger.WriteAsync(Parameter, version.Arn, Stopping);
        Reporter.Good($"{_lambda.Name}: now uses version {version.Number}, {version.Arn}");
        Reporter.Detail($"  in {Parameter}; functions use it after their next deployment");
    }

    private async Task ShareAsync(LayerVersion version)
    {
        IReadOnlyList<string> now = await _lambda.SharedWithAsync(version.Number, Stopping);
        foreach (string account in _layer.SharedWith.Except(now))
        {
            await _lambda.ShareAsync(version.Number, account, Stopping);
            Reporter.Detail($"  version {version.Number} shared with {account}");
        }

        foreach (string account in now.Except(_layer.SharedWith))
        {
            await _lambda.UnshareAsync(version.Number, account, Stopping);
            Reporter.Detail($"  version {version.Number} no longer shared with {account}");
        }
    }
}
