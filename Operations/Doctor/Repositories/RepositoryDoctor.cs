using Infra.Operations.Doctor.Readiness;
using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>The command doctor github: compares the settings of a repository with what they should be; changes nothing.</summary>
internal sealed class RepositoryDoctor(RunContext context, GitHubApi github)
{
    /// <param name="environments">Environments that workflows deploy.</param>
    /// <param name="settings">What the operator chooses.</param>
    /// <param name="secrets">Secrets that an application's workflows pass; empty means the default.</param>
    public async Task<ExitCode> RunAsync(
        IReadOnlyList<DeployableEnvironment> environments, ProtectionSettings settings, IReadOnlyList<string> secrets)
    {
        RepositoryProtection expected = RepositoryProtection.Of(github.Repository, environments, settings);
        var reader = new RepositoryReader(github, context.Stopping);
        Reading<JObject> repository = await reader.ObjectAsync("");
        RepositoryFacts facts = repository.Content is { } content
            ? RepositoryFacts.Of(content)
            : throw OperationException.Failed(
                repository.Refusal!.Message, "the token must have access to the repository, with the permission metadata: read");
        string protect = settings.ProtectCommand(github.Repository);

        context.Reporter.Line(expected.Describe(github.Repository));
        SettingResult[] results =
        [
            .. await new EnvironmentChecks(reader, facts, protect).RunAsync(expected.Environments),
            .. await new BranchChecks(reader, facts, protect).RunAsync(expected.Branches),
            .. await new ActionsChecks(reader, facts, context.Checkout.Root).RunAsync(expected),
            .. await new SecretChecks(reader, facts).RunAsync(expected, secrets),
            .. await new ScheduleChecks(reader, facts).RunAsync(expected),
        ];
        foreach (SettingResult result in results)
            result.Result.Show(context.Reporter, $"{result.Setting,-45}");
        context.Report(new JArray(results.Select(result => new JObject
        {
            ["setting"] = result.Setting,
            ["state"] = result.Result.StateText,
            ["detail"] = result.Result.Detail,
        })));
        return Summarize(results);
    }

    private ExitCode Summarize(SettingResult[] results)
    {
        int Count(CheckState state) => results.Count(result => result.Result.State == state);
        string summary = $"settings of {github.Repository}: {Count(CheckState.Met)} met, {Count(CheckState.NotMet)} not met, "
            + $"{Count(CheckState.NotChecked)} not checked, {Count(CheckState.NotApplicable)} not applicable";
        context.Reporter.Line();
        if (Count(CheckState.NotMet) > 0)
        {
            context.Reporter.Error(summary);
            return ExitCode.Failed;
        }

        if (Count(CheckState.NotChecked) > 0)
            context.Reporter.Warn(summary);
        else
            context.Reporter.Good(summary);
        return ExitCode.Ok;
    }
}
