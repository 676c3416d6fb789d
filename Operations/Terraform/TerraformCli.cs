using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Terraform;

/// <summary>Runs Terraform in the stack folders of an environment, with the same environment variables.</summary>
/// <param name="binary">Terraform.</param>
/// <param name="runner">Runs it.</param>
/// <param name="variables">Environment variables of every run.</param>
/// <param name="lockTimeout">How long to wait for a lock that is held by another run.</param>
/// <param name="reporter">Shows progress.</param>
/// <param name="log">Log of all output.</param>
internal sealed class TerraformCli(
    TerraformBinary binary,
    ProcessRunner runner,
    IReadOnlyDictionary<string, string?> variables,
    TimeSpan lockTimeout,
    Reporter reporter,
    LogFile log)
{
    /// <summary>Exit code of <c>plan -detailed-exitcode</c> if it succeeded and there are changes.</summary>
    private const int ChangesExitCode = 2;

    /// <summary>Version of Terraform.</summary>
    public Version Version => binary.Version;

    private string LockTimeout => $"-lock-timeout={(int)lockTimeout.TotalSeconds}s";

    /// <summary>
    /// Initializes a stack folder: backend and provider. Does nothing if it is already initialized and nothing has changed.
    /// </summary>
    /// <param name="folder">Stack folder.</param>
    /// <param name="migrateState">Whether to migrate the state from the previous backend to the configured one.</param>
    public async Task InitAsync(string folder, bool migrateState = false)
    {
        var mark = new InitMark(folder, variables[CliConfiguration.Variable]!, Version);
        if (!migrateState && mark.IsCurrent())
            return;
        mark.Clear();
        string[] backend = migrateState ? ["-migrate-state", "-force-copy"] : ["-reconfigure"];
        ProcessResult result = await reporter.WithStatusAsync(
            "preparing Terraform", () => RunAsync(folder, ["init", "-input=false", "-no-color", LockTimeout, .. backend], onLine: null));
        if (result.ExitCode != 0)
            throw Failed($"terraform init failed in {folder}", result);
        mark.Set();
    }

    /// <summary>Creates a plan and saves it.</summary>
    /// <returns>Terraform's output, and whether there are changes to apply.</returns>
    public async Task<(OperationView View, bool HasChanges)> PlanAsync(
        string folder, string planFile, PlanMode mode, Func<Task<string?>> lockHolder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(planFile)!);
        var view = new OperationView(reporter);
        ProcessResult result = await WatchAsync(
            folder, ["plan", "-json", "-input=false", "-detailed-exitcode", LockTimeout, $"-out={planFile}", .. mode.Arguments], view,
            "planning", lockHolder);
        return result.ExitCode is 0 or ChangesExitCode
            ? (view, result.ExitCode == ChangesExitCode)
            : throw Failure("plan", folder, view, result);
    }

    /// <summary>Applies exactly a saved plan.</summary>
    /// <param name="folder">Stack folder.</param>
    /// <param name="planFile">The plan.</param>
    /// <param name="planned">Number of changes in it.</param>
    /// <param name="lockHolder">Reads who holds the lock of the state.</param>
    public async Task<OperationView> ApplyAsync(string folder, string planFile, int planned, Func<Task<string?>> lockHolder)
    {
        var view = new OperationView(reporter) { Planned = planned };
        ProcessResult result =
            await WatchAsync(folder, ["apply", "-json", "-input=false", LockTimeout, planFile], view, "applying", lockHolder);
        return result.ExitCode == 0 ? view : throw Failure("apply", folder, view, result);
    }

    /// <summary>Removes a resource from the state; it is kept in AWS.</summary>
    public async Task RemoveFromStateAsync(string folder, string address)
    {
        ProcessResult result = await RunAsync(folder, ["state", "rm", LockTimeout, address], onLine: null);
        if (result.ExitCode != 0)
            throw Failed($"terraform state rm {address} failed", result);
    }

    /// <summary>Saves a state that an apply could not save; Terraform refuses it if a later one was saved.</summary>
    /// <param name="folder">Stack folder.</param>
    /// <param name="file">File with the state.</param>
    public async Task PushStateAsync(string folder, string file)
    {
        ProcessResult result = await RunAsync(folder, ["state", "push", LockTimeout, file], onLine: null);
        if (result.ExitCode != 0)
            throw Failed($"terraform state push of {file} failed", result);
    }

    /// <summary>Imports a resource into the state.</summary>
    /// <param name="folder">Stack folder.</param>
    /// <param name="address">Address of the resource.</param>
    /// <param name="id">Import ID of the provider.</param>
    public async Task ImportAsync(string folder, string address, string id)
    {
        ProcessResult result = await reporter.WithStatusAsync(
            $"importing {address}",
            () => RunAsync(folder, ["import", "-input=false", "-no-color", LockTimeout, address, id], onLine: null));
        if (result.ExitCode != 0)
            throw Failed($"terraform import of {address} failed", result);
    }

    /// <summary>Contents of a saved plan. Not logged, because it contains sensitive values.</summary>
    public async Task<PlanContents> ContentsAsync(string folder, string planFile) =>
        PlanContents.Parse((await ShowAsync(folder, ["-json", planFile])).Output);

    /// <summary>A saved plan as Terraform's human-readable text, without sensitive values.</summary>
    public async Task<string> TextAsync(string folder, string planFile) => (await ShowAsync(folder, ["-no-color", planFile])).Output;

    private async Task<ProcessResult> ShowAsync(string folder, string[] arguments)
    {
        ProcessResult result = await runner.RunAsync(
            new ProcessRequest(binary.Path, ["show", .. arguments]) { WorkingDirectory = folder, Variables = variables });
        return result.ExitCode == 0
            ? result
            : throw OperationException.Failed($"terraform show failed in {folder}", TerraformProblem.Of(result));
    }

    private async Task<ProcessResult> WatchAsync(
        string folder, IReadOnlyList<string> arguments, OperationView view, string doing, Func<Task<string?>> lockHolder)
    {
        void Take(string line)
        {
            if (TerraformEventParser.Parse(line) is { } terraformEvent)
                view.Take(terraformEvent);
        }

        return await reporter.WithStatusAsync(doing, async () =>
        {
            Task<ProcessResult> run = RunAsync(folder, arguments, Take);
            bool holderTold = false;
            while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1))) != run)
            {
                view.Tick(doing);
                if (view.WaitsForLock && !holderTold && await lockHolder() is { } holder)
                {
                    reporter.Warn($"  waiting up to {Reporter.Duration(lockTimeout)} for the state's lock, held by {holder}");
                    holderTold = true;
                }
            }

            return await run;
        });
    }

    private async Task<ProcessResult> RunAsync(string folder, IReadOnlyList<string> arguments, Action<string>? onLine)
    {
        log.Write($"$ terraform -chdir={folder} {string.Join(' ', arguments)}");
        ProcessResult result = await runner.RunAsync(new ProcessRequest(binary.Path, [.. arguments])
        {
            WorkingDirectory = folder,
            Variables = variables,
            OnOutput = line =>
            {
                log.Write(line);
                onLine?.Invoke(line);
            },
            OnError = line =>
            {
                log.Write(line);
                onLine?.Invoke(line);
            },
        });
        log.Write($"exit code {result.ExitCode} after {Reporter.Duration(result.Duration)}");
        return result;
    }

    private OperationException Failed(string message, ProcessResult result) =>
        OperationException.Failed(message, $"{TerraformProblem.Of(result)}\nfull log: {log.Path}");

    private OperationException Failure(string what, string folder, OperationView view, ProcessResult result)
    {
        view.ShowDiagnostics();
        string stack = Path.GetFileName(folder);
        string done = view.Completed > 0 ? $" after {view.Completed} resources were completed" : "";
        string message = $"terraform {what} of {stack} failed{done}";
        IEnumerable<string> advice = view.Diagnostics.Where(diagnostic => diagnostic.IsError)
            .Select(diagnostic => DiagnosticAdvice.For(diagnostic, folder))
            .OfType<string>()
            .Distinct();
        string unexplained = view.Diagnostics.Any(diagnostic => diagnostic.IsError) ? "" : TerraformProblem.Of(result) + "\n";
        return OperationException.Failed(message, $"{unexplained}{string.Join('\n', advice)}\nfull log: {log.Path}");
    }
}
