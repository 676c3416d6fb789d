using System.Diagnostics;
using Infra.Tests.Emulator;

namespace Infra.Tests.Runner;

/// <summary>A process of <see cref="InfraWorker"/>.</summary>
internal sealed class InfraWorkerProcess : IDisposable
{
    private static readonly string s_assembly = typeof(InfraWorker).Assembly.Location;

    private readonly Process _process = Process.Start(
        new ProcessStartInfo("dotnet", [s_assembly]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public InfraWorkerProcess() =>
        Port = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the process for ./infra did not start");

    /// <summary>Program that replaces <c>dotnet</c> in jobs.</summary>
    public static string Program { get; } = Path.Combine(Sandbox.Root, "Tests", "Runner", "dotnet-in-jobs");

    /// <summary>Port on loopback, for <see cref="Program"/>.</summary>
    public string Port { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
