using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Doctor.Readiness;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor;

/// <summary>The doctor command: runs all checks of the production-readiness checklist; changes nothing.</summary>
internal sealed class DoctorCommand(RunContext context, SessionOptions options)
{
    /// <param name="report">File for the filled-in checklist; null means none.</param>
    public async Task<ExitCode> RunAsync(string? report)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        var entries = new List<ChecklistEntry>(
            ProductionChecks.Settings.Select(check => new ChecklistEntry(check, check.Check(environment.Config))));
        foreach (GitHubCheck check in ProductionChecks.GitHub)
            entries.Add(new ChecklistEntry(check, await check.CheckAsync(environment.Config, context.Variables, context.Stopping)));
        entries.AddRange(await AccountAsync(environment));
        var checklist = new Checklist($"{environment.Config.Project} {environment.Config.Name}", entries);
        foreach (ChecklistEntry entry in checklist.Entries)
            entry.Result.Show(context.Reporter, $"{entry.Check.Id,-25}");
        context.Reporter.Line();
        if (checklist.IsReady)
            context.Reporter.Good(checklist.Summary);
        else
            context.Reporter.Error(checklist.Summary);
        if (report is not null)
            ReportFile.Write(report, checklist.Markdown);
        context.Report(new JObject
        {
            ["name"] = checklist.Name,
            ["ready"] = checklist.IsReady,
            ["entries"] = new JArray(checklist.Entries.Select(entry => new JObject
            {
                ["id"] = entry.Check.Id,
                ["requirement"] = entry.Check.Requirement,
                ["state"] = entry.Result.StateText,
                ["detail"] = entry.Result.Detail,
            })),
        });
        return checklist.IsReady ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<IReadOnlyList<ChecklistEntry>> AccountAsync(LoadedEnvironment environment)
    {
        AccountAccess account;
        try
        {
            account = new AccountAccess(await Connection.OpenAsync(context, options, environment));
        }
        // A profile that is given must work; without one the environment file can still be checked.
        catch (OperationException e) when (options.Profile is null && e.ExitCode == ExitCode.WrongAccount)
        {
            var result = CheckResult.NotChecked($"no access: {e.Message}");
            return [.. ProductionChecks.Account.Select(check => new ChecklistEntry(check, result))];
        }

        var entries = new List<ChecklistEntry>();
        foreach (AccountCheck check in ProductionChecks.Account)
            entries.Add(new ChecklistEntry(check, await CheckAsync(check, account)));
        return entries;
    }

    private async Task<CheckResult> CheckAsync(AccountCheck check, AccountAccess account)
    {
        if (check.NotApplicable(account.Config) is { } reason)
            return CheckResult.NotApplicable(reason);
        try
        {
            return await check.CheckAsync(account, context.Stopping);
        }
        catch (Exception e) when (e is OperationException or HttpRequestException || AwsFailure.Of(e) is not null)
        {
            return CheckResult.NotChecked((AwsFailure.Of(e) ?? e).Message);
        }
    }
}
