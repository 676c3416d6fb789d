using System.Globalization;
using System.Text;

namespace Infra.Tests.Evidence;

/// <summary>Which tests verify which requirement, and how far: <c>docs/requirements-status.md</c>.</summary>
internal sealed class RequirementsStatus(Requirements requirements, IReadOnlyList<(string Row, IReadOnlyList<RowTest> Tests)> shown)
{
    private const string None = "—";
    private const string Open = "open";
    private const string Namespace = "Infra.Tests.";

    private readonly Dictionary<string, IReadOnlyList<RowTest>> _shown =
        shown.ToDictionary(entry => entry.Row, entry => entry.Tests, StringComparer.Ordinal);

    /// <summary>Rows of tests that are not in the requirements.</summary>
    public IEnumerable<string> Unknown => _shown.Keys.Concat(requirements.EmulatorLacks.Keys).Except(requirements.Rows);

    /// <summary>Whether any test names a row.</summary>
    public bool IsNamed(string row) => _shown.ContainsKey(row);

    /// <summary>Missing evidence of a row; empty if it is complete.</summary>
    public IEnumerable<string> Gaps(string row)
    {
        if (Tests(row, EvidenceLayer.Synthesized).Length == 0)
            yield return $"{row} is not synthesized: no fast test has this row";
        if (Planned(row) == 0)
            yield return $"{row} is not planned: no test of category Terraform or Emulator has this row";
        if (Tests(row, EvidenceLayer.Applied).Length == 0 && !requirements.EmulatorLacks.ContainsKey(row))
            yield return $"{row} is not applied: no test of category Emulator has this row, and emulatorLacks of docs/requirements.json "
                + "has no reason";
    }

    /// <summary>The page as Markdown.</summary>
    public string Write()
    {
        var page = new StringBuilder("""
            # Requirements and their evidence

            Written by `INFRA_ACCEPT=1 ./infra test --fast` from `docs/requirements.json` and the rows of tests (`[Property("Row", "T4")]`); do not edit.

            - **synthesized**: tests of the synthesized JSON of an environment file, without Terraform.
            - **planned**: tests with Terraform and the real AWS provider: category Terraform, and all tests of the next column, because
              only saved plans are applied.
            - **applied**: tests that apply to the emulator with real Terraform: category Emulator.
            - **open**: no test verifies the row.


            """.ReplaceLineEndings("\n"));
        foreach ((string title, IReadOnlyList<(string Row, string Text)> rows) in requirements.Systems)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"## {title}\n\n| row | requirement | synthesized | planned | applied |\n|---|---|---|---|---|\n");
            foreach ((string row, string text) in rows)
                page.Append(CultureInfo.InvariantCulture,
                    $"| {row} | {text.Replace("|", "\\|", StringComparison.Ordinal)} | "
                        + $"{Synthesized(row)} | {Count(Planned(row))} | {Applied(row)} |\n");
            page.Append('\n');
        }

        Lacks(page);
        page.Append("## Tests by row\n");
        foreach (string row in requirements.Rows.Where(_shown.ContainsKey))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n**{row}**\n\n");
            foreach (EvidenceLayer layer in Enum.GetValues<EvidenceLayer>())
                if (Tests(row, layer) is { Length: > 0 } tests)
                    page.Append(CultureInfo.InvariantCulture,
                        $"- {layer.ToString().ToLowerInvariant()}: {string.Join(", ", tests.Select(Shown))}\n");
        }

        return page.ToString();
    }

    private void Lacks(StringBuilder page)
    {
        if (requirements.EmulatorLacks.Count == 0)
            return;
        page.Append(
            "## Not supported by the emulator\n\nCovered by plan instead.\n\n| row | operation | why it is not implemented "
                + "|\n|---|---|---|\n");
        foreach ((string row, IReadOnlyList<MissingOperation> lacks)
            in requirements.EmulatorLacks.OrderBy(entry => RequirementRows.SortKey(entry.Key), StringComparer.Ordinal))
            foreach (MissingOperation lack in lacks)
                page.Append(CultureInfo.InvariantCulture, $"| {row} | `{lack.Operation}` | {lack.Why} |\n");
        page.Append('\n');
    }

    private string Synthesized(string row) => IsNamed(row) ? Count(Tests(row, EvidenceLayer.Synthesized).Length) : Open;

    private string Applied(string row)
    {
        string count = Count(Tests(row, EvidenceLayer.Applied).Length);
        return requirements.EmulatorLacks.TryGetValue(row, out IReadOnlyList<MissingOperation>? lacks)
            ? $"{count}, without {string.Join(", ", lacks.Select(lack => $"`{lack.Operation}`"))}"
            : count;
    }

    private int Planned(string row) => Tests(row, EvidenceLayer.Planned).Length + Tests(row, EvidenceLayer.Applied).Length;

    private RowTest[] Tests(string row, EvidenceLayer layer) => [.. _shown.GetValueOrDefault(row, []).Where(test => test.Layer == layer)];

    private static string Count(int tests) => tests == 0 ? None : tests.ToString(CultureInfo.InvariantCulture);

    private static string Shown(RowTest test) =>
        $"`{(test.Name.StartsWith(Namespace, StringComparison.Ordinal) ? test.Name[Namespace.Length..] : test.Name)}`";
}
