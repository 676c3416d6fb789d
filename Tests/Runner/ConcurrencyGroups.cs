namespace Infra.Tests.Runner;

/// <summary>
/// Concurrency groups of a repository: one holder, and jobs that wait. With <c>queue: single</c>, the default, a job that starts to wait
/// cancels the one that waited before; with <c>queue: max</c> they wait in their order. With <c>cancel-in-progress</c>, it cancels all of
/// them, also the holder, which leaves the group when it has ended. Group names are case insensitive.
/// https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
/// </summary>
internal sealed class ConcurrencyGroups(RunState state)
{
    private readonly Dictionary<string, List<Entry>> _groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Number of jobs that wait for the group.</summary>
    public int Waiting(string repository, string group) =>
        state.Read(() => Math.Max(0, _groups.GetValueOrDefault($"{repository} {group}")?.Count - 1 ?? 0));

    /// <summary>Waits until the group is free; null if it was cancelled meanwhile.</summary>
    /// <param name="repository">Repository of the run.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="queue">Whether those that wait keep their places.</param>
    /// <param name="cancelInProgress">Whether the holder is cancelled.</param>
    /// <param name="cancellation">Cancels the workflow or job that enters.</param>
    public IDisposable? Enter(
        string repository, string group, bool queue, bool cancelInProgress = false, CancellationTokenSource? cancellation = null)
    {
        var entry = new Entry(this, $"{repository} {group}", cancellation ?? new CancellationTokenSource());
        state.Change(() =>
        {
            List<Entry> entries = _groups.TryGetValue(entry.Group, out List<Entry>? found) ? found : _groups[entry.Group] = [];
            foreach (Entry replaced in entries.Skip(cancelInProgress ? 0 : 1).Where(_ => !queue))
                replaced.Cancellation.Cancel();
            entries.Add(entry);
        });
        using (state.ChangesWith(entry.Cancellation.Token))
            state.Wait(
                () => entry.Cancellation.IsCancellationRequested || _groups[entry.Group][0] == entry, $"concurrency group {group}");
        if (!entry.Cancellation.IsCancellationRequested)
            return entry;
        Leave(entry);
        return null;
    }

    private sealed class Entry(ConcurrencyGroups groups, string group, CancellationTokenSource cancellation) : IDisposable
    {
        public string Group => group;

        public CancellationTokenSource Cancellation => cancellation;

        public void Dispose() => groups.Leave(this);
    }

    private void Leave(Entry entry) => state.Change(() => _groups[entry.Group].Remove(entry));
}
