using System.Globalization;
using System.Text;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Runs;

/// <summary>
/// The results of a trial: steps with their times, assumptions with evidence, and resources that are left in the account.
/// </summary>
internal sealed class TrialReport(string account, string region, bool onEmulator, DateTimeOffset began)
{
    private readonly List<StepResult> _steps = [];
    private readonly Dictionary<string, (Verdict Verdict, string Evidence)> _verdicts = new(StringComparer.Ordinal);

    /// <summary>Resources that are left, with instructions to delete them; empty if there are none.</summary>
    public List<string> Left { get; } = [];

    public IReadOnlyList<StepResult> Steps => _steps;

    /// <summary>Whether every step succeeded, no assumption failed and nothing is left.</summary>
    public bool Succeeded =>
        _steps.All(step => step.Failure is null) && Left.Count == 0 && Assumption.All.All(each => Of(each).Verdict != Verdict.DidNotHold);

    public void Add(StepResult step) => _steps.Add(step);

    /// <summary>Records the result of an assumption; once it did not hold, it stays so.</summary>
    public void Note(Assumption assumption, bool held, string evidence)
    {
        if (Of(assumption).Verdict != Verdict.DidNotHold)
            _verdicts[assumption.Id] = (held ? Verdict.Held : Verdict.DidNotHold, evidence);
    }

    public (Verdict Verdict, string Evidence) Of(Assumption assumption) =>
        _verdicts.GetValueOrDefault(assumption.Id, (Verdict.NotChecked, ""));

    /// <summary>The report as Markdown.</summary>
    public string Markdown()
    {
        var page = new StringBuilder($"# Trial in {(onEmulator ? "the emulator" : $"account {account}")}, {region}, {Text(began)}\n\n");
        page.Append("| step | result | time | expected |\n|---|---|---|---|\n");
        foreach (StepResult step in _steps)
            page.Append(
                $"| {step.Name} | {step.Failure?.ReplaceLineEndings(" ") ?? "done"} | {Reporter.Duration(step.Took)} | "
                    + $"{Reporter.Duration(step.Expected)} |\n");
        page.Append("\n| assumption | | evidence | source |\n|---|---|---|---|\n");
        foreach (Assumption each in Assumption.All)
        {
            (Verdict verdict, string evidence) = Of(each);
            page.Append(
                $"| {each.Id}: {each.Text} | {Word(verdict)} | {(evidence.Length > 0 ? evidence.ReplaceLineEndings(" ") : "-")} | "
                    + $"{each.Source} |\n");
        }

        page.Append(Left.Count == 0
            ? "\nNothing is left in the account.\n"
            : $"\nLeft in the account:\n\n{string.Concat(Left.Select(line => $"- {line}\n"))}");
        return page.ToString();
    }

    /// <summary>The report as JSON.</summary>
    public JObject Json() => new()
    {
        ["account"] = account,
        ["region"] = region,
        ["emulator"] = onEmulator,
        ["began"] = Text(began),
        ["wentWell"] = Succeeded,
        ["steps"] = new JArray(_steps.Select(step => new JObject
        {
            ["name"] = step.Name,
            ["seconds"] = Math.Round(step.Took.TotalSeconds, 1),
            ["expectedSeconds"] = step.Expected.TotalSeconds,
            ["failure"] = step.Failure,
        })),
        ["assumptions"] = new JArray(Assumption.All.Select(each => new JObject
        {
            ["id"] = each.Id,
            ["verdict"] = Word(Of(each).Verdict),
            ["evidence"] = Of(each).Evidence,
            ["text"] = each.Text,
            ["source"] = each.Source,
        })),
        ["left"] = new JArray(Left),
    };

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Held => "held",
        Verdict.DidNotHold => "did not hold",
        _ => "not checked",
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <param name="Name">Step.</param>
/// <param name="Took">Actual time.</param>
/// <param name="Expected">Expected time on AWS.</param>
/// <param name="Failure">The failure; null if it succeeded.</param>
internal sealed record StepResult(string Name, TimeSpan Took, TimeSpan Expected, string? Failure);
