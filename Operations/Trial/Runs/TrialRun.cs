using Infra.Operations.Aws;
using Infra.Operations.Deployment;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Trial.Runs;

/// <summary>State that the steps of one trial share.</summary>
/// <param name="context">Context of the run.</param>
/// <param name="options">Options that choose the trial's environment.</param>
/// <param name="folder">Folder of the trial's files.</param>
/// <param name="steps">Names of the steps.</param>
/// <param name="account">Account.</param>
/// <param name="region">Region.</param>
/// <param name="onEmulator">Whether it runs on the emulator.</param>
/// <param name="report">Report.</param>
internal sealed class TrialRun(
    RunContext context, SessionOptions options, string folder, IReadOnlyCollection<string> steps, string account, string region,
    bool onEmulator, TrialReport report)
{
    public RunContext Context { get; } = context;

    public SessionOptions Options { get; } = options;

    public string Folder { get; } = folder;

    public string Account { get; } = account;

    public string Region { get; } = region;

    public bool OnEmulator { get; } = onEmulator;

    public TrialReport Report { get; } = report;

    public CancellationToken Stopping => Context.Stopping;

    /// <summary>Command that deletes what the trial created.</summary>
    public string CleanCommand => "./infra trial --clean"
        + (OnEmulator
            ? " --emulator"
            : $" --account {Account} --region {Region}{(Options.Profile is null ? "" : $" --profile {Options.Profile}")}");

    /// <summary>Names of the trial's resources.</summary>
    public Naming.Names Names { get; } = new(TrialEnvironment.Project, TrialEnvironment.Name, account);

    /// <summary>Whether a step is part of this trial.</summary>
    public bool Has(string step) => steps.Contains(step);

    /// <summary>Writes the environment file.</summary>
    public void WriteEnvironment(int port)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Options.Environment!)!);
        File.WriteAllText(Options.Environment!, TrialEnvironment.Json(Account, Region, OnEmulator, steps, port));
    }

    /// <summary>Verified access to the account.</summary>
    public async Task<AwsAccess> AccessAsync() => (await Connection.OpenAsync(Context, Options, quiet: true)).Access;

    /// <summary>Deploys stacks, and throws if that fails.</summary>
    public async Task DeployAsync(params string[] stacks) =>
        Expect(await new DeployCommand(Context, Options).DeployAsync(stacks), "deploy");

    /// <summary>Whether a plan of base and runtime has no changes.</summary>
    public async Task<bool> IsUnchangedAsync() => await new PlanCommand(Context, Options).RunAsync(StackOrder.Default) == ExitCode.Ok;

    /// <summary>Records whether a plan has no changes, and throws if it has.</summary>
    public async Task CheckPlanAsync(string when)
    {
        bool unchanged = await IsUnchangedAsync();
        Report.Note(Assumption.PlanAfterApply, unchanged, $"{(unchanged ? "no changes" : "changes")} {when}");
        if (!unchanged)
            throw OperationException.Failed($"the plan {when} has changes", "see the plan above");
    }

    /// <summary>What ECS runs of a service.</summary>
    public async Task<RunningService> RunningAsync(string service) =>
        await new ServiceRollout(await AccessAsync(), Names.Cluster, Names.Service(service), service).ReadAsync(Stopping)
            ?? throw OperationException.Failed($"ECS has no service {service}");

    /// <summary>Polls until a job has ended.</summary>
    /// <param name="read">Reads its state.</param>
    /// <param name="within">Maximum time to wait.</param>
    public async Task<T> UntilEndedAsync<T>(Func<Task<(bool Ended, T Job)>> read, TimeSpan within)
    {
        DateTime end = DateTime.UtcNow + within;
        while (true)
        {
            (bool ended, T job) = await read();
            if (ended)
                return job;
            if (DateTime.UtcNow > end)
                throw OperationException.Failed(
                    $"a job did not end in {within.TotalMinutes:0} minutes: {job}");
            await Task.Delay(TimeSpan.FromSeconds(OnEmulator ? 1 : 20), Stopping);
        }
    }

    public static void Expect(ExitCode code, string what)
    {
        if (code != ExitCode.Ok)
            throw OperationException.Failed($"{what} ended with exit code {(int)code}");
    }
}
