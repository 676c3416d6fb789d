using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Infra.Operations.Aws;
using Infra.Operations.Emulator;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator.Providers;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// A separate work folder and local AWS, in which <c>./infra</c> runs as a user would run it. Deployments in one
/// sandbox do not exist in another.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    /// <summary>A folder in which the local AWS records the permissions that were used: emulator/authorization/log.py.</summary>
    public const string RecordVariable = "INFRA_AUTHORIZATION_LOG";

    private readonly string _folder = Directory.CreateTempSubdirectory("infra-test-").FullName;
    private readonly string? _record;
    private readonly ProviderPool? _providers;

    /// <param name="pooledProviders">
    /// Whether Terraform uses a provider that is already running, which is faster, instead of starting its own.
    /// </param>
    /// <param name="name">
    /// Folder of its records, which connects a permission with the test that uses it; the name of the test's file.
    /// </param>
    public Sandbox(bool pooledProviders = true, [CallerFilePath] string name = "")
    {
        string installed = System.Environment.GetEnvironmentVariable(TerraformBinary.Variable) is { Length: > 0 } named
            ? named
            : "terraform";
        _providers = pooledProviders ? new ProviderPool(installed) : null;
        Terraform = _providers?.Terraform ?? installed;
        if (System.Environment.GetEnvironmentVariable(RecordVariable) is { Length: > 0 } records)
            _record = Path.Combine(records, Path.GetFileNameWithoutExtension(name));
    }

    public static string Root { get; } = Checkout.Find().Root;

    /// <summary>Writes an environment file for the test and returns its path.</summary>
    public string Environment(string name, string json)
    {
        string file = EnvironmentFile(name);
        File.WriteAllText(file, json);
        return file;
    }

    /// <summary>Path of an environment file of the test.</summary>
    public string EnvironmentFile(string name) => Path.Combine(_folder, $"{name}.json");

    /// <summary>Access to the sandbox's local AWS, which must be running.</summary>
    public AwsAccess Access(string account, string region) =>
        AwsAccess.ToEmulator(EmulatorState.Read(Work("emulator", "state.json"))!.Url, account, region);

    /// <summary>Address of the sandbox's local AWS, which must be running.</summary>
    public Uri Emulator => EmulatorState.Read(Work("emulator", "state.json"))!.Url;

    /// <summary>Terraform of the sandbox: name or path.</summary>
    public string Terraform { get; }

    /// <summary>A file below the sandbox's work folder.</summary>
    public string Work(params string[] parts) => Path.Combine([_folder, "work", .. parts]);

    /// <summary>Runs <c>./infra</c> to its end as the administrator.</summary>
    public Run Infra(params string[] arguments) => InfraAs(null, arguments);

    /// <summary>Runs <c>./infra</c> to its end as a role.</summary>
    public Run InfraAs(RoleSession? session, params string[] arguments) =>
        Start(Path.Combine(Root, "infra"), arguments, session?.Variables ?? []).Wait();

    /// <summary>Runs <c>./infra</c> as the administrator and fails unless it returns the exit code.</summary>
    public Run Expect(int exitCode, params string[] arguments) => ExpectAs(null, exitCode, arguments);

    /// <summary>Runs <c>./infra</c> as a role and fails unless it returns the exit code.</summary>
    public Run ExpectAs(RoleSession? session, int exitCode, params string[] arguments)
    {
        Run run = InfraAs(session, arguments);
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), $"./infra {string.Join(' ', arguments)}\n{run.Output}");
        return run;
    }

    /// <summary>Starts a program in the checkout, with the sandbox's work folder and without credentials.</summary>
    public Running Start(string program, IReadOnlyList<string> arguments, params IReadOnlyList<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment.Remove("INFRA_ENV");
        start.Environment[Checkout.WorkFolderVariable] = Work();
        if (_record is not null)
            start.Environment[RecordVariable] = _record;
        foreach ((string name, string value) in (_providers?.Variables ?? []).Concat(variables))
            start.Environment[name] = value;
        return new Running(Process.Start(start)!);
    }

    public void Dispose()
    {
        if (Directory.Exists(Work("emulator")))
            Infra("emulator", "stop");
        _providers?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A program that was started.</summary>
internal sealed class Running
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

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
    /// <param name="longest">Maximum time. Default: ten minutes.</param>
    public Run Wait(TimeSpan? longest = null)
    {
        TimeSpan limit = longest ?? Longest;
        if (!_process.WaitForExit(limit))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"did not end within {limit.TotalMinutes} minutes:\n{Output}");
        }
        _process.WaitForExit();
        return new Run(_process.ExitCode, Output);
    }

    /// <summary>
    /// Sends SIGTERM, like the cancellation of a job; SIGINT (Ctrl-C) is ignored by programs that a script started in the background.
    /// </summary>
    public void Interrupt() =>
        Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Kills it, as if its machine had failed.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}

/// <summary>Result of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its output, both streams.</param>
internal sealed record Run(int ExitCode, string Output);
