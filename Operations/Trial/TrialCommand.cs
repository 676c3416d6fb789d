using System.Diagnostics;
using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Trial.Runs;
using Infra.Operations.Trial.Steps;
using Infra.Operations.Workspace;

namespace Infra.Operations.Trial;

/// <summary>Deploys to an empty account, step by step, deletes everything, and reports which assumptions of the emulator hold.</summary>
internal sealed class TrialCommand(RunContext context, SessionOptions options)
{
    private const string EmulatorAccount = "333333333333";

    // NAT gateway, load balancer, two Fargate tasks of the smallest size and a small database by the hour, rounded up: docs/cost.md has the
    // prices.
    private const decimal DollarsPerHour = 0.15m;

    private Reporter Reporter => context.Reporter;

    /// <summary>The steps, in order.</summary>
    public static IReadOnlyList<TrialStep> Steps { get; } =
    [
        new BootstrapStep(), new DeployStep(), new ReleaseStep(), new FailedReleaseStep(), new PortChangeStep(), new SleepStep(),
        new BackupCopyStep(),
        new DatabaseRestoreStep(), new RollbackStep(),
    ];

    /// <summary>Cost of a time, in US dollars.</summary>
    public static decimal Cost(TimeSpan time) =>
        Math.Round((decimal)time.TotalMinutes * DollarsPerHour / 60, 2, MidpointRounding.ToPositiveInfinity);

    /// <param name="account">Account, as given on the command line; null prompts for it.</param>
    /// <param name="region">Region.</param>
    /// <param name="skipped">Steps to skip.</param>
    /// <param name="cleanOnly">Whether only to delete what an earlier trial left.</param>
    public async Task<ExitCode> RunAsync(string? account, string region, IReadOnlyCollection<string> skipped, bool cleanOnly)
    {
        TrialStep[] steps = Choose(skipped);
        bool onEmulator = IsOnEmulator();
        account = await AccountAsync(account, onEmulator);
        string folder = Path.Combine(context.Checkout.WorkFolder, "trial", account);
        SessionOptions chosen =
            options with
            {
                Environment = Path.Combine(folder, "environment", $"{TrialEnvironment.Name}.json"),
                Emulator = false,
                Yes = true,
                DryRun = false
            };
        DateTimeOffset began = DateTimeOffset.UtcNow;
        var report = new TrialReport(account, region, onEmulator, began);
        var run = new TrialRun(context, chosen, folder, [.. steps.Select(step => step.Name)], account, region, onEmulator, report);
        if (!cleanOnly || !File.Exists(chosen.Environment))
            run.WriteEnvironment(TrialEnvironment.FirstPort);
        if (cleanOnly)
        {
            await RunAsync(run, "clean", Cleanup.Expected, () => new Cleanup(run).RunAsync());
            return Finish(run);
        }

        await CheckAsync(run, onEmulator);
        Show(run, steps);
        if (options.DryRun)
            return ExitCode.Changes;
        await ConfirmAsync(account, onEmulator);
        foreach (TrialStep step in steps)
        {
            if (!await RunAsync(run, step.Name, step.Expected, () => step.RunAsync(run)))
                break;
        }

        await RunAsync(run, "destroy", Cleanup.Expected, () => new Cleanup(run).RunAsync());
        return Finish(run);
    }

    internal static TrialStep[] Choose(IReadOnlyCollection<string> skipped)
    {
        string[] optional = [.. Steps.Where(step => step.CanBeSkipped).Select(step => step.Name)];
        return skipped.FirstOrDefault(name => !optional.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? throw OperationException.BadInput($"there is no step {unknown} to skip", $"available: {string.Join(", ", optional)}")
            : [.. Steps.Where(step => !skipped.Contains(step.Name, StringComparer.Ordinal))];
    }

    private bool IsOnEmulator() => options.Emulator
        || (options.Environment is { } environment
            && EnvironmentFile.Load(environment, context.Checkout.Root).Environment?.Config.Emulator == true);

    private async Task<string> AccountAsync(string? account, bool onEmulator)
    {
        if (onEmulator)
            return EmulatorAccount;
        if (account is null && Reporter.CanAsk)
            account = await Reporter.AskAsync("ID of the empty sandbox account to use:", context.Stopping);
        return account?.Length == 12 && account.All(char.IsAsciiDigit)
            ? account
            : throw OperationException.BadInput(
                account is null ? "no account was given; nothing was changed" : $"{account} is not an account ID",
                "pass --account with the twelve digits of an empty sandbox account");
    }

    private async Task CheckAsync(TrialRun run, bool onEmulator)
    {
        // Compares the account of the credentials with the given one.
        AwsAccess access = await run.AccessAsync();
        IReadOnlyList<string> obstacles = Preflight.Obstacles(
            run.Account,
            await Preflight.AliasesAsync(access, context.Stopping),
            onEmulator ? [] : Preflight.EnvironmentsIn(context.Checkout.Root, run.Account),
            await Preflight.FindAsync(access, context.Stopping));
        if (obstacles.Count > 0)
        {
            throw OperationException.BadInput(
                $"no trial in {run.Account}: {string.Join("; ", obstacles)}; nothing was changed",
                $"a trial needs an empty sandbox account\nto delete what an earlier trial left: {run.CleanCommand}");
        }
    }

    private void Show(TrialRun run, IReadOnlyList<TrialStep> steps)
    {
        Reporter.Step($"trial in {(run.OnEmulator ? "the emulator" : $"account {run.Account}")}, {run.Region}");
        foreach (TrialStep step in steps)
            Reporter.Line($"  {step.Name,-17} {step.Expected.TotalMinutes,3:0} min  {Cost(step.Expected),5:0.00} USD  {step.Description}");
        Reporter.Line(
            $"  {"destroy",-17} {Cleanup.Expected.TotalMinutes,3:0} min  {Cost(Cleanup.Expected),5:0.00} USD  Delete everything, also "
                + "after a failure");
        TimeSpan total = steps.Aggregate(Cleanup.Expected, (sum, step) => sum + step.Expected);
        Reporter.Line($"  {"total",-17} {total.TotalMinutes,3:0} min  {Cost(total),5:0.00} USD  on AWS");
    }

    private async Task ConfirmAsync(string account, bool onEmulator)
    {
        if (onEmulator || options.Yes)
            return;
        if (!Reporter.CanAsk)
            throw OperationException.BadInput("a confirmation is required; nothing was changed", "pass --yes to continue without a prompt");
        if (await Reporter.AskAsync($"All steps above run in {account}. Type its ID to start:", context.Stopping) != account)
            throw OperationException.BadInput("not confirmed; nothing was changed");
    }

    /// <returns>Whether it succeeded.</returns>
    private async Task<bool> RunAsync(TrialRun run, string name, TimeSpan expected, Func<Task> work)
    {
        Reporter.Step($"=== {name}");
        var watch = Stopwatch.StartNew();
        string? failure = null;
        try
        {
            await work();
        }
        catch (Exception e) when (context.Stopping.IsCancellationRequested && e is OperationException or OperationCanceledException)
        {
            run.Report.Add(new StepResult(name, watch.Elapsed, expected, "interrupted"));
            run.Report.Left.Add($"to delete what was created so far: {run.CleanCommand}");
            Finish(run);
            throw new OperationException(
                ExitCode.Interrupted, $"the trial was interrupted in {name}; the resources it created still exist", run.CleanCommand, e);
        }
        catch (OperationException e)
        {
            failure = e.Message;
            Reporter.Error($"{name} failed: {e.Message}");
            foreach (string line in (e.Remedy ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Reporter.Line($"       {line}");
        }

        run.Report.Add(new StepResult(name, watch.Elapsed, expected, failure));
        return failure is null;
    }

    private ExitCode Finish(TrialRun run)
    {
        string page = Path.Combine(run.Folder, "report.md");
        File.WriteAllText(page, run.Report.Markdown());
        File.WriteAllText(Path.ChangeExtension(page, ".json"), run.Report.Json().ToString());
        foreach (Assumption assumption in Assumption.All)
        {
            (Verdict verdict, string evidence) = run.Report.Of(assumption);
            string line =
                $"  "
                    + $"{(verdict switch { Verdict.Held => "held", Verdict.DidNotHold => "did not hold", _ => "not checked" }),-13}{assumption.Id}{(evidence.Length > 0 ? $": {evidence}" : "")}";
            if (verdict == Verdict.DidNotHold)
                Reporter.Error(line);
            else
                Reporter.Line(line);
        }

        foreach (string left in run.Report.Left)
            Reporter.Warn($"  left: {left}");
        Reporter.Line($"report: {context.Checkout.Show(page)} and .json");
        return run.Report.Succeeded ? ExitCode.Ok : ExitCode.Failed;
    }
}
