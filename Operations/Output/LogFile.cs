using System.Globalization;

namespace Infra.Operations.Output;

/// <summary>The full log of one run in <c>.infra/logs</c>, with secrets masked; the newest hundred are kept.</summary>
internal sealed class LogFile : IDisposable
{
    private const int Kept = 100;

    private static int s_opened;

    private readonly StreamWriter _writer;
    private readonly Redactor _redactor;
    private readonly Lock _gate = new();

    public LogFile(string folder, string name, Redactor redactor)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal).SkipLast(Kept - 1))
            File.Delete(old);
        string stamp = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        // Runs in one process, as in tests, are numbered.
        string run = Interlocked.Increment(ref s_opened) is > 1 and int number ? $"-{number}" : "";
        Path = System.IO.Path.Combine(folder, $"{stamp}-{name}-{Environment.ProcessId}{run}.log");
        _redactor = redactor;
        _writer = new StreamWriter(Path, append: true) { AutoFlush = true };
    }

    public string Path { get; }

    public void Write(string line)
    {
        lock (_gate)
            _writer.WriteLine(_redactor.Apply(line));
    }

    public void Dispose() => _writer.Dispose();
}
