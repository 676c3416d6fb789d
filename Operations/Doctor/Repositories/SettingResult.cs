using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>A setting of a repository in GitHub, compared with what it should be.</summary>
/// <param name="Setting">The setting: <c>environment prod: reviewers</c>.</param>
/// <param name="Result">Result; a difference says what is set, what should be, and how to fix it.</param>
internal sealed record SettingResult(string Setting, CheckResult Result)
{
    /// <param name="setting">The setting.</param>
    /// <param name="isMet">Whether it is as it should be.</param>
    /// <param name="found">What is set.</param>
    /// <param name="expected">What should be.</param>
    /// <param name="fix">How to fix it: a command, or a page of the repository's settings.</param>
    public static SettingResult Of(string setting, bool isMet, string found, string expected, string fix) =>
        new(setting, isMet ? CheckResult.Met(found) : CheckResult.NotMet($"{found}, should be {expected}", fix));
}
