using System.Diagnostics;
using System.Text;
using Infra.Operations.Output;

namespace Infra.Operations.Processes;

/// <summary>
/// Runs programs. The first interruption is passed on as SIGTERM and waited for, because Terraform uses the time to write
/// its state and release its lock; the second one kills the program.
/// </summary>
/// <param name="interruption">Stops the programs.</param>
/// <param name="variables">Environment variables of the programs, which a request can change.</param>
internal sealed class ProcessRunner(Interruption interruption, EnvironmentVariables variables)
{
    // With setsid a program runs in its own process group and does not also get the terminal's Ctrl-C, which Terraform would treat as the
    // second one and stop immediately. macOS has no setsid: there the program gets the terminal's Ctrl-C.
    private static readonly string? SetSid = ToolOnPath.Find("setsid");

    /// <summary>Runs a program until it exits.</summary>
    /// <exception cref="OperationException">It cannot be started, or the run was interrupted.</exception>
    public async Task<ProcessResult> RunAsync(ProcessRequest request)
    {
        interruption.ThrowIfRequested();
        using var process = new Process { StartInfo = StartInfo(request) };
        var output = new StringBuilder();
        var error = new StringBuilder();
        process.OutputDataReceived += (_, line) => Take(line.Data, output, request.OnOutput);
        process.ErrorDataReceived += (_, line) => Take(line.Data, error, request.OnError);

        var watch = Stopwatch.StartNew();
        Start(process, request);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WriteInputAsync(process, request.Input);

        using (interruption.Soft.Register(() => Interrupt(process)))
        using (interruption.Hard.Register(() => Kill(process)))
        using (request.Stop.Register(() => Kill(process)))
            await process.WaitForExitAsync(CancellationToken.None);
        interruption.ThrowIfRequested();
        return new ProcessResult(process.ExitCode, output.ToString(), error.ToString(), watch.Elapsed);
    }

    private ProcessStartInfo StartInfo(ProcessRequest request)
    {
        string program = ToolOnPath.Find(request.Program)
            ?? throw OperationException.ToolMissing($"{request.Program} was not found", "put it on PATH and try again");
        var info = new ProcessStartInfo(SetSid ?? program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = request.WorkingDirectory ?? "",
        };
        if (SetSid is not null)
            info.ArgumentList.Add(program);
        foreach (string argument in request.Arguments)
            info.ArgumentList.Add(argument);
        info.Environment.Clear();
        foreach ((string name, string value) in variables.All)
            info.Environment[name] = value;
        foreach ((string name, string? value) in request.Variables)
            info.Environment[name] = value;
        return info;
    }

    private static void Start(Process process, ProcessRequest request)
    {
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new OperationException(ExitCode.ToolMissing, $"{request.Program} cannot be started: {e.Message}", inner: e);
        }
    }

    private static async Task WriteInputAsync(Process process, string? input)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program has exited without reading it; its exit code is the result.
        }
    }

    private static void Take(string? line, StringBuilder all, Action<string>? listener)
    {
        // A null line is the end of the stream.
        if (line is null)
            return;
        lock (all)
            all.Append(line).Append('\n');
        listener?.Invoke(line);
    }

    private static void Interrupt(Process process)
    {
        bool terminalHasToldIt = SetSid is null && !Console.IsInputRedirected;
        if (!terminalHasToldIt && !process.HasExited)
            Signals.Send(process.Id, Signals.Terminate);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }
}
