using System.Diagnostics;
using Infra.Constructs.Networking;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

/// <summary>Runs nat.sh like the instance does, with fake programs that record their calls.</summary>
[Property("Finding", "A15")]
internal sealed class NatScriptTests
{
    private const string StandIn = """
        #!/usr/bin/env bash
        name="$(basename "$0")"
        echo "$name $*" >> "$CALLS"
        case "$name $*" in
          "ip "*"route show default") echo "default via 10.0.0.1 dev ens5 proto dhcp src 10.0.0.7 metric 512" ;;
          "dnf "*) [[ -e "$BIN/works" ]] || exit 1; cp "$0" "$BIN/iptables" ;;
          "sysctl "*) echo 1 > "$NAT_ROOT/proc/sys/net/ipv4/ip_forward" ;;
          "iptables -t nat -C "*) [[ -e "$NAT_ROOT/masquerades" ]] ;;
          "iptables -t nat -A "*) touch "$NAT_ROOT/masquerades" ;;
          "dd "*) touch "$NAT_ROOT/swapfile.new" ;;
          "curl "*) exit "${CURL_EXIT:-0}" ;;
        esac
        """;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeInstance()
    {
        _folder = new TemporaryFolder();
        foreach (string program in new[] { "ip", "dnf", "sysctl", "dd", "mkswap", "swapon", "curl", "systemctl" })
            _folder.Write(Path.Combine("bin", program), StandIn + "\n", executable: true);
        _folder.Write("bin/works", "");
        _folder.Write("bin/nat", NatInstance.UserData("us-east-2"), executable: true);
        _folder.Write("root/proc/swaps", "Filename Type Size Used Priority\n");
        _folder.Write("root/proc/sys/net/ipv4/ip_forward", "0\n");
        foreach (string file in new[] { "run/x", "etc/systemd/system/x", "usr/local/sbin/x", "dev/x" })
            _folder.Write($"root/{file}", "");
    }

    [TearDown]
    public void RemoveInstance() => _folder.Dispose();

    private string Bin => Path.Combine(_folder.Path, "bin");

    private string Root => Path.Combine(_folder.Path, "root");

    private string[] Calls => File.ReadAllLines(Path.Combine(_folder.Path, "calls"));

    [Test]
    public void Start_AddsSwapBeforeItInstalls_ThenForwards()
    {
        Run(0, "start");

        string[] calls = Calls;
        Assert.Multiple(() =>
        {
            int swap = Array.FindIndex(calls, call => call.StartsWith("swapon ", StringComparison.Ordinal));
            int install =
                Array.FindIndex(calls, call => call.StartsWith("dnf install ", StringComparison.Ordinal)
                    && call.EndsWith(" iptables-services", StringComparison.Ordinal));
            Assert.That(swap, Is.InRange(0, install), "dnf is killed on an instance of 512 MiB without swap");
            Assert.That(calls, Has.One.EqualTo("sysctl --quiet --write net.ipv4.ip_forward=1"));
            Assert.That(calls, Has.One.EqualTo("iptables -t nat -A POSTROUTING -o ens5 -j MASQUERADE"));
            Assert.That(calls, Has.None.StartsWith("ip link"));
        });
    }

    [Test]
    public void Start_AgainAfterAReboot_InstallsAndAddsNothingTwice()
    {
        Run(0, "start");
        File.Delete(Path.Combine(_folder.Path, "calls"));
        Run(0, "start");

        Assert.That(Calls, Has.None.StartsWith("dnf").And.None.StartsWith("dd").And.None.StartsWith("iptables -t nat -A"));
    }

    [Test]
    public void Start_WhoseInstallationFails_EndsAndFailsTheStatusCheck()
    {
        File.Delete(Path.Combine(Bin, "works"));

        string output = Run(1, "start");

        Assert.Multiple(() =>
        {
            Assert.That(
                Calls.Count(call => call.StartsWith("dnf", StringComparison.Ordinal)), Is.EqualTo(30), "it does not go on for ever");
            Assert.That(Calls[^1], Is.EqualTo("ip link set dev ens5 down"));
            Assert.That(output, Does.Contain("iptables could not be installed; taking ens5 down"));
            Assert.That(File.ReadAllText(Path.Combine(Root, "dev", "console")), Does.Contain("could not be installed"));
        });
    }

    [Test]
    public void Check_ThatReachesAws_IsSatisfied()
    {
        Run(0, "start");
        Run(0, "check");

        Assert.That(
            Calls, Has.One.EqualTo(
                "curl --silent --output /dev/null --max-time 10 https://sts.us-east-2.amazonaws.com").And.None.StartsWith("ip link"));
    }

    [Test]
    public void Check_RepairsRulesThatAreGone()
    {
        Run(0, "start");
        File.Delete(Path.Combine(Root, "masquerades"));
        Run(0, "check");

        Assert.That(Calls.Count(call => call == "iptables -t nat -A POSTROUTING -o ens5 -j MASQUERADE"), Is.EqualTo(2));
    }

    [Test]
    public void Checks_FiveFailuresInARow_FailTheStatusCheck()
    {
        Run(0, "start");
        for (int i = 0; i < 4; i++)
            Run(0, "check", ("CURL_EXIT", "28"));
        Assert.That(Calls, Has.None.StartsWith("ip link"), "four are borne");

        Run(0, "check");
        for (int i = 0; i < 4; i++)
            Run(0, "check", ("CURL_EXIT", "28"));
        Assert.That(Calls, Has.None.StartsWith("ip link"), "one that succeeds starts the count again");

        Run(1, "check", ("CURL_EXIT", "28"));
        Assert.That(Calls[^1], Is.EqualTo("ip link set dev ens5 down"));
    }

    [Test]
    public void UserData_InstallsUnits_ForEveryStartAndEveryMinute()
    {
        Run(0, "install");

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(Path.Combine(Root, "etc/systemd/system/nat.service")),
                Does.Contain("ExecStart=/usr/local/sbin/nat start").And.Contain("WantedBy=multi-user.target"));
            Assert.That(File.ReadAllText(Path.Combine(Root, "etc/systemd/system/nat-check.service")),
                Does.Contain("ExecStart=/usr/local/sbin/nat check"));
            Assert.That(File.ReadAllText(Path.Combine(Root, "etc/systemd/system/nat-check.timer")), Does.Contain("OnUnitInactiveSec=1min"));
            Assert.That(
                Calls, Has.One.EqualTo("systemctl enable --now nat.service").And.One.EqualTo("systemctl enable --now nat-check.timer"));
            Assert.That(File.ReadAllText(Path.Combine(Root, "usr/local/sbin/nat")), Is.EqualTo(NatInstance.UserData("us-east-2")));
        });
    }

    private string Run(int exitCode, string verb, params IReadOnlyList<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec bash '{Bin}/nat' {verb} 2>&1"]) { RedirectStandardOutput = true };
        // Its own PATH, so that the machine's iptables is not found.
        start.Environment["PATH"] = $"{Bin}:{Tools()}";
        start.Environment["BIN"] = Bin;
        start.Environment["CALLS"] = Path.Combine(_folder.Path, "calls");
        start.Environment["NAT_ROOT"] = Root;
        start.Environment["NAT_WAIT_SECONDS"] = "0";
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(exitCode), output);
        return output;
    }

    /// <summary>A folder with links to the few programs of the machine that the script needs.</summary>
    private string Tools()
    {
        string folder = Path.Combine(_folder.Path, "tools");
        if (Directory.Exists(folder))
            return folder;
        Directory.CreateDirectory(folder);
        foreach (string program
            in new[] { "bash", "env", "basename", "cat", "chmod", "cp", "grep", "install", "mv", "rm", "sed", "sleep", "tee", "touch" })
            File.CreateSymbolicLink(Path.Combine(folder, program),
                Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(path => Path.Combine(path, program)).First(File.Exists));
        return folder;
    }
}
