using System.Diagnostics;
using System.Runtime.CompilerServices;
using Infra.Operations.Aws;
using Infra.Operations.CommandLine;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Emulator.Providers;
using Infra.Tests.Emulator.Servers;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// A separate work folder and local AWS for runs of <c>./infra</c>. Deployments in one sandbox do not exist in another.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    /// <summary>A folder in which the local AWS records the permissions that were used: emulator/authorization/log.py.</summary>
    public const string RecordVariable = "INFRA_AUTHORIZATION_LOG";

    private readonly string _folder = Directory.CreateTempSubdirectory("infra-test-").FullName;
    // Of its local AWS.
    private readonly Dictionary<string, string> _variables = [];
    private readonly ProviderPool? _providers;

    /// <param name="asUser">
    /// Whether <c>./infra</c> is a process, and Terraform starts its provider, as when a user runs it. Otherwise the program of
    /// <c>./infra</c> runs in this process, and Terraform uses a provider that is already running, which is faster.
    /// </param>
    /// <param name="name">
    /// Folder of its records, which connects a permission with the test that uses it; the name of the test's file.
    /// </param>
    /// <param name="taskProgram">
    /// Program that the local AWS runs in place of a task's container: emulator/addon/task_programs.py.
    /// </param>
    public Sandbox(bool asUser = false, [CallerFilePath] string name = "", string? taskProgram = null)
    {
        _providers = asUser ? null : ProviderPool.OfThisRun;
        Terraform = _providers?.Terraform ?? ProviderPool.InstalledTerraform;
        if (System.Environment.GetEnvironmentVariable(RecordVariable) is { Length: > 0 } records)
            _variables[RecordVariable] = Path.Combine(records, Path.GetFileNameWithoutExtension(name));
        if (taskProgram is not null)
            _variables["INFRA_TASK_PROGRAM"] = taskProgram;
        if (!asUser)
            EmulatorTemplate.Start(Work("emulator"), _variables);
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
    public Run InfraAs(RoleSession? session, params string[] arguments) => InfraWith(session?.Variables ?? [], arguments);

    /// <summary>Runs <c>./infra</c> to its end with environment variables.</summary>
    public Run InfraWith(IReadOnlyList<(string Name, string Value)> variables, params string[] arguments) => _providers is null
        ? Start(Path.Combine(Root, "infra"), arguments, variables).Wait()
        : RunInThisProcess(arguments, variables);

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
        start.Environment.Clear();
        foreach ((string name, string value) in Variables(variables))
            start.Environment[name] = value;
        return new Running(Process.Start(start)!);
    }

    /// <summary>
    /// Runs the program of <c>./infra</c> without starting a process, a runtime and a jsii kernel: two thirds of what a command costs.
    /// </summary>
    public Run RunInThisProcess(string[] arguments, IReadOnlyList<(string Name, string Value)> variables)
    {
        using var interruption = new Interruption();
        var text = new StringWriter();
        var output = TextWriter.Synchronized(text);
        Task<ExitCode> run = Task.Run(() => Launcher.RunAsync(
            arguments,
            Jsii.Synthesize,
            new EnvironmentVariables(Variables(variables)),
            new Reporter(output, output, interactive: false),
            interruption));
        if (!run.Wait(Running.Longest))
            Assert.Fail($"./infra {string.Join(' ', arguments)} did not end within {Running.Longest.TotalMinutes} minutes:\n{text}");
        return new Run((int)run.Result, text.ToString());
    }

    private Dictionary<string, string> Variables(IReadOnlyList<(string Name, string Value)> others)
    {
        var variables = EnvironmentVariables.OfThisProcess().All
            .Where(variable => variable.Key != "INFRA_ENV" && !variable.Key.StartsWith("AWS_", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        variables[Checkout.WorkFolderVariable] = Work();
        foreach ((string name, string value) in _variables)
            variables[name] = value;
        foreach ((string name, string value) in (_providers?.Variables ?? []).Concat(others))
            variables[name] = value;
        return variables;
    }

    public void Dispose()
    {
        if (Directory.Exists(Work("emulator")))
            Infra("emulator", "stop");
        Directory.Delete(_folder, recursive: true);
    }
}
