using Infra.Operations.Output;

namespace Infra.Operations.Doctor.Readiness;

/// <summary>Result of a readiness check, and what it is based on.</summary>
/// <param name="State">Result.</param>
/// <param name="Detail">What was found; for a requirement that is not met also the fix.</param>
internal sealed record CheckResult(CheckState State, string Detail)
{
    public string StateText => State switch
    {
        CheckState.Met => "met",
        CheckState.NotMet => "not met",
        CheckState.NotApplicable => "not applicable",
        _ => "not checked",
    };

    public static CheckResult Met(string found) => new(CheckState.Met, found);

    /// <param name="found">What was found.</param>
    /// <param name="fix">What to do.</param>
    public static CheckResult NotMet(string found, string fix) => new(CheckState.NotMet, $"{found}; fix: {fix}");

    public static CheckResult NotApplicable(string reason) => new(CheckState.NotApplicable, reason);

    public static CheckResult NotChecked(string reason) => new(CheckState.NotChecked, reason);

    /// <summary>Met if nothing violates the requirement.</summary>
    /// <param name="violations">Paths in the environment file, or names, that violate it.</param>
    /// <param name="met">What was found if there are none.</param>
    /// <param name="fix">What to do otherwise.</param>
    public static CheckResult None(IEnumerable<string> violations, string met, string fix) =>
        violations.Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } found ? NotMet(string.Join(", ", found), fix) : Met(met);

    /// <summary>Writes the result as a line.</summary>
    /// <param name="reporter">Where to.</param>
    /// <param name="name">What was checked.</param>
    public void Show(Reporter reporter, string name)
    {
        string line = $"  {StateText,-15} {name} {Detail}";
        switch (State)
        {
            case CheckState.Met:
                reporter.Good(line);
                break;
            case CheckState.NotMet:
                reporter.Error(line);
                break;
            case CheckState.NotChecked:
                reporter.Warn(line);
                break;
            case CheckState.NotApplicable:
                reporter.Detail(line);
                break;
        }
    }
}
