using System.Diagnostics;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Tooling;

/// <summary><c>emulator/get</c>, which installs moto, when several emulators start at once on a fresh clone.</summary>
[TestFixture]
internal sealed class EmulatorSetupTests
{
    // A fake python3: its virtual environments contain a copy of itself, its pip takes a second, and it reports moto 5.2.
    private const string Python = """
        #!/bin/bash
        case "$1 $2" in
          "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
          "-m pip") echo installed >> "$INSTALLATIONS"; sleep 1; touch "$(dirname "$0")/installed" ;;
          "- 5.2") [ -e "$(dirname "$0")/installed" ] && echo 5.2.4 ;;
        esac
        """;

    [Test]
    public async Task ConcurrentStarts_InstallOnce_AndAllSucceed()
    {
        using var folder = new TemporaryFolder();
        string get =
            folder.Write("emulator/get", File.ReadAllText(Path.Combine(Checkout.Find().Root, "emulator", "get")), executable: true);
        folder.Write("bin/python3", Python, executable: true);
        string installations = Path.Combine(folder.Path, "installations");

        Process[] starts = [.. Enumerable.Range(0, 6).Select(_ => Start(get, Path.Combine(folder.Path, "bin"), installations))];
        string[] outputs = await Task.WhenAll(starts.Select(start => start.StandardOutput.ReadToEndAsync())).ConfigureAwait(false);
        string[] errors = await Task.WhenAll(starts.Select(start => start.StandardError.ReadToEndAsync())).ConfigureAwait(false);
        await Task.WhenAll(starts.Select(start => start.WaitForExitAsync())).ConfigureAwait(false);

        Assert.Multiple(() =>
        {
            Assert.That(starts.Select(start => start.ExitCode), Is.All.Zero, string.Concat(errors));
            Assert.That(File.ReadAllLines(installations), Has.Length.EqualTo(1));
            Assert.That(outputs.Distinct().Single(), Does.StartWith("{\"way\":\"pip\",\"moto\":\"5.2.4\""));
            Assert.That(Directory.GetFileSystemEntries(Path.Combine(folder.Path, ".infra", "emulator")).Select(Path.GetFileName),
                Is.EquivalentTo(new[] { "moto.json", "pip.log", "venv" }));
        });
    }

    [Test]
    public async Task LockOfAStartThatWasKilled_IsTakenOver()
    {
        using var folder = new TemporaryFolder();
        string get =
            folder.Write("emulator/get", File.ReadAllText(Path.Combine(Checkout.Find().Root, "emulator", "get")), executable: true);
        folder.Write("bin/python3", Python, executable: true);
        // No process has this id: the maximum on Linux is 4194304.
        File.CreateSymbolicLink(Path.Combine(folder.Folder(".infra/emulator"), "get.lock"), "99999999");

        using Process start = Start(get, Path.Combine(folder.Path, "bin"), Path.Combine(folder.Path, "installations"));
        await start.WaitForExitAsync().ConfigureAwait(false);

        Assert.That(start.ExitCode, Is.Zero);
    }

    private static Process Start(string get, string pathFolder, string installations) =>
        Process.Start(new ProcessStartInfo(get)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
                { ["PATH"] = $"{pathFolder}:{Environment.GetEnvironmentVariable("PATH")}", ["INFRA_MOTO"] = "pip",
                    ["INSTALLATIONS"] = installations },
        })!;
}
