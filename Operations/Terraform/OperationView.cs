using Infra.Operations.Output;

namespace Infra.Operations.Terraform;

/// <summary>
/// Shows the progress of a Terraform run: completed resources, resources in progress with their duration, and errors.
/// </summary>
internal sealed class OperationView
{
    /// <summary>How often progress is written to a log, which has no status line.</summary>
    internal static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(30);

    private const int ShownAtOnce = 3;

    private readonly Reporter _reporter;
    private readonly Func<DateTime> _now;
    private readonly Dictionary<string, DateTime> _running = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private DateTime _lastWord;
    private int _refreshed;

    public OperationView(Reporter reporter, Func<DateTime>? now = null)
    {
        _reporter = reporter;
        _now = now ?? (() => DateTime.UtcNow);
        _lastWord = _now();
    }

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Number of changes of the plan that is applied; 0 if it is not known.</summary>
    public int Planned { get; init; }

    public ChangeCounts Counts { get; private set; } = ChangeCounts.None;

    /// <summary>Number of resources completed in this run.</summary>
    public int Completed { get; private set; }

    /// <summary>Whether Terraform is waiting for a lock that is held by another run.</summary>
    public bool WaitsForLock { get; private set; }

    /// <summary>Handles one event; must be called from one thread at a time.</summary>
    public void Take(TerraformEvent terraformEvent)
    {
        lock (_gate)
        {
            // Terraform reports that it waits, but not that it got the lock: any next event means that it did.
            WaitsForLock = terraformEvent is TerraformEvent.WaitingForLock;
            switch (terraformEvent)
            {
                case TerraformEvent.Refreshing:
                    _refreshed++;
                    break;
                case TerraformEvent.Started started:
                    _running[started.Address] = _now();
                    break;
                case TerraformEvent.Completed completed:
                    _running.Remove(completed.Address);
                    // Reads are fast, and change nothing.
                    if (completed.Action == "read")
                        break;
                    Completed++;
                    Say($"  {Past(completed.Action)} {completed.Address}{Took(completed.Elapsed)}", failed: false);
                    break;
                case TerraformEvent.Errored errored:
                    _running.Remove(errored.Address);
                    Say($"  failed to {errored.Action} {errored.Address}{Took(errored.Elapsed)}", failed: true);
                    break;
                case TerraformEvent.Summary summary:
                    Counts = summary.Counts;
                    break;
                case TerraformEvent.Diagnosed diagnosed:
                    Diagnostics.Add(diagnosed.Diagnostic);
                    break;
                case TerraformEvent.Message { Text.Length: > 0 } message:
                    Say($"  {message.Text.ReplaceLineEndings(" ")}", failed: false);
                    break;
            }
        }
    }

    /// <summary>
    /// Called every second: updates the status line or, in a log, adds a line after <see cref="PlainInterval"/> without output.
    /// </summary>
    public void Tick(string doing)
    {
        lock (_gate)
        {
            string?[] parts = [Planned > 0 ? $"{Completed} of {Planned}" : null, _running.Count > 0 ? Waiting() : null];
            string progress = string.Join(": ", parts.OfType<string>());
            if (_reporter.Interactive)
                _reporter.Status(_running.Count > 0 ? progress
                    : Planned > 0 ? $"{doing}: {progress}"
                    : _refreshed > 0 ? $"{doing}: {_refreshed} resources read"
                    : doing);
            else if (_running.Count > 0 && _now() - _lastWord >= PlainInterval)
                Say($"  {progress}", failed: false);
        }
    }

    /// <summary>Shows errors and warnings, each with its resource.</summary>
    public void ShowDiagnostics()
    {
        foreach (Diagnostic diagnostic in Diagnostics.Where(diagnostic => !DiagnosticAdvice.IsExpected(diagnostic)))
        {
            string address = diagnostic.Address.Length > 0 ? $"{diagnostic.Address}: " : "";
            string headline = $"{(diagnostic.IsError ? "error" : "warning")}: {address}{diagnostic.Headline}";
            if (diagnostic.IsError)
                _reporter.Error(headline);
            else
                _reporter.Warn(headline);
            foreach (string line in diagnostic.Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                _reporter.Line($"       {line}");
        }
    }

    private string Waiting()
    {
        DateTime now = _now();
        // The longest-running first.
        IEnumerable<string> shown = _running.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(ShownAtOnce).Select(entry => $"{entry.Key} {Reporter.Seconds(now - entry.Value)}");
        string more = _running.Count > ShownAtOnce ? $" and {_running.Count - ShownAtOnce} more" : "";
        return $"waiting for {string.Join(", ", shown)}{more}";
    }

    private void Say(string text, bool failed)
    {
        _lastWord = _now();
        if (failed)
            _reporter.Error(text);
        else
            _reporter.Detail(text);
    }

    private static string Took(TimeSpan elapsed) => elapsed < TimeSpan.FromSeconds(1) ? "" : $" ({Reporter.Seconds(elapsed)})";

    private static string Past(string action) => action switch
    {
        "create" => "created",
        "update" => "changed",
        "delete" => "destroyed",
        "replace" => "replaced",
        _ => action,
    };
}
