using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor;

/// <summary>A filled-in checklist.</summary>
/// <param name="Name">Project and environment.</param>
/// <param name="Entries">Entries in the order of the checklist.</param>
internal sealed record Checklist(string Name, IReadOnlyList<ChecklistEntry> Entries)
{
    /// <summary>Whether no entry is unmet; entries that could not be checked do not count.</summary>
    public bool IsReady => Count(CheckState.NotMet) == 0;

    public string Summary =>
        $"production readiness of {Name}: {Count(CheckState.Met)} met, {Count(CheckState.NotMet)} not met, "
        + $"{Count(CheckState.NotChecked)} not checked, {Count(CheckState.NotApplicable)} not applicable";

    public string Markdown =>
        $"# Production readiness of {Name}\n\n{Summary}\n\n"
        + string.Concat(Entries.Select(entry =>
            $"- [{(entry.Result.State is CheckState.Met or CheckState.NotApplicable ? 'x' : ' ')}] {entry.Check.Requirement} "
            + $"(`{entry.Check.Id}`). {entry.Result.StateText}: {entry.Result.Detail}\n"));

    private int Count(CheckState state) => Entries.Count(entry => entry.Result.State == state);
}

/// <summary>One entry with its result.</summary>
internal sealed record ChecklistEntry(ReadinessCheck Check, CheckResult Result);
