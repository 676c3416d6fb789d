namespace Infra.Tests.Runner;

/// <summary>
/// Concurrency groups of a repository: one holder, and jobs that wait. With <c>queue: single</c>, the default, a job that starts to wait
/// cancels the one that waited before; with <c>queue: max</c> they wait in their order. Group names are case insensitive.
/// https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
/// </summary>
internal sealed class ConcurrencyGroups(RunState state)
{
    private readonly Dictionary<string, List<Entry>> _groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Number of jobs that wait for the group.</summary>
    public int Waiting(string repository, string group) =>
        state.Read(() => Math.Max(0, _groups.GetValueOrDefault($"{repository} {group}")?.Count - 1 ?? 0));

    /// <summary>Waits until the group is free; null if another job took the place in the queue.</summary>
    public IDisposable? Enter(string repository, string group, bool queue)
    {
        var entry = new Entry(this, $"{repository} {group}");
        state.Change(() =>
        {
            List<Entry> entries = _groups.TryGetValue(entry.Group, out List<Entry>? found) ? found : _groups[entry.Group] = [];
            if (!queue)
                foreach (Entry replaced in entries.Skip(1).ToArray())
                {
                    replaced.IsCancelled = true;
                    entries.Remove(replaced);
                }

            entries.Add(entry);
        });
        state.Wait(() => entry.IsCancelled || _groups[entry.Group][0] == entry, $"concurrency group {group}");
        return entry.IsCancelled ? null : entry;
    }

    private sealed class Entry(ConcurrencyGroups groups, string group) : IDisposable
    {
        public string Group => group;

        public bool IsCancelled { get; set; }

        public void Dispose() => groups.Leave(this);
    }

    private void Leave(Entry entry) => state.Change(() => _groups[entry.Group].Remove(entry));
}
