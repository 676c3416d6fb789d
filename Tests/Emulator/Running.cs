using System.Diagnostics;
using System.Globalization;
using System.Text;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>A program that was started.</summary>
internal sealed class Running
{
    /// <summary>More than ten times what the longest command takes: a command that hangs ends, and a slow machine is no failure.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public Running(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Its output so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Waits until its output contains the text; fails if it ends before.</summary>
    public void WaitFor(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited && !Output.Contains(text, StringComparison.Ordinal))
                Assert.Fail($"ended with exit code {_process.ExitCode} without printing '{text}':\n{Output}");
            if (watch.Elapsed > Longest)
                Assert.Fail($"did not print '{text}' within {Longest.TotalMinutes} minutes:\n{Output}");
            Thread.Sleep(100);
        }
    }

    /// <summary>Waits until it ends.</summary>
    public Run Wait()
    {
        if (!_process.WaitForExit(Longest))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"did not end within {Longest.TotalMinutes} minutes:\n{Output}");
        }
        _process.WaitForExit();
        return new Run(_process.ExitCode, Output);
    }

    /// <summary>
    /// Sends SIGTERM, like the cancellation of a job; SIGINT (Ctrl-C) is ignored by programs that a script started in the background.
    /// </summary>
    public void Interrupt() => Send("-TERM", [_process.Id]);

    /// <summary>Stops it and the programs that it has started, until <see cref="Resume"/>.</summary>
    public void Pause() => Send("-STOP", Tree());

    public void Resume() => Send("-CONT", Tree());

    /// <summary>Kills it, as if its machine had failed.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    private static void Send(string signal, IEnumerable<int> processes) => Process.Start(
        "kill", [signal, .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))]).WaitForExit();

    /// <summary>Process IDs of the program and its descendants, parents first.</summary>
    private List<int> Tree()
    {
        using Process ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        int[][] processes = [.. ps.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        ps.WaitForExit();
        List<int> tree = [_process.Id];
        for (int i = 0; i < tree.Count; i++)
            tree.AddRange(processes.Where(process => process[1] == tree[i]).Select(process => process[0]));
        return tree;
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}
