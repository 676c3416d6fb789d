using System.Globalization;
using System.Text;

namespace Infra.Operations.Testing;

/// <summary>Which tests show which requirement, and how far: <c>docs/requirements-status.md</c>.</summary>
internal sealed class RequirementsStatus(Requirements requirements, IReadOnlyList<(string Row, IReadOnlyList<RowTest> Tests)> shown)
{
    private const string None = "—";
    private const string Namespace = "Infra.Tests.";

    private readonly Dictionary<string, IReadOnlyList<RowTest>> _shown = shown.ToDictionary(entry => entry.Row, entry => entry.Tests, StringComparer.Ordinal);

    /// <summary>Rows that tests name and nobody asked for.</summary>
    public IEnumerable<string> Unknown => _shown.Keys.Concat(requirements.EmulatorLacks.Keys).Except(requirements.Rows);

    /// <summary>Whether any test names a row.</summary>
    public bool IsNamed(string row) => _shown.ContainsKey(row);

    /// <summary>What is missing of a row's evidence; empty where it is whole.</summary>
    public IEnumerable<string> Gaps(string row)
    {
        if (Tests(row, EvidenceLayer.Synthesized).Length == 0)
            yield return $"{row} is not synthesized: no fast test names it";
        if (Planned(row) == 0)
            yield return $"{row} is not planned: no test of category Terraform or Emulator names it";
        if (Tests(row, EvidenceLayer.Applied).Length == 0 && !requirements.EmulatorLacks.ContainsKey(row))
            yield return $"{row} is not applied: no test of category Emulator names it, and emulatorLacks of docs/requirements.json does not say what the local AWS lacks";
    }

    /// <summary>The page.</summary>
    public string Write()
    {
        var page = new StringBuilder("""
            # Requirements and their evidence

            Written by `INFRA_ACCEPT=1 ./infra test --fast` from `docs/requirements.json` and the rows that tests name (`[Property("Row", "T4")]`); not by hand.

            - **synthesized**: tests that look at what is made of an environment file, without Terraform.
            - **planned**: tests in which Terraform and the real AWS provider take it: category Terraform, and every one of the next column, since
              nothing is applied but a saved plan.
            - **applied**: tests on the local AWS, by real Terraform: category Emulator.


            """.ReplaceLineEndings("\n"));
        foreach ((string title, IReadOnlyList<(string Row, string Text)> rows) in requirements.Systems)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| row | requirement | synthesized | planned | applied |\n|---|---|---|---|---|\n");
            foreach ((string row, string text) in rows)
                page.Append(CultureInfo.InvariantCulture,
                    $"| {row} | {text.Replace("|", "\\|", StringComparison.Ordinal)} | {Count(Tests(row, EvidenceLayer.Synthesized).Length)} | {Count(Planned(row))} | {Applied(row)} |\n");
            page.Append('\n');
        }

        Lacks(page);
        page.Append("## Tests by row\n");
        foreach (string row in requirements.Rows.Where(_shown.ContainsKey))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n**{row}**\n\n");
            foreach (EvidenceLayer layer in Enum.GetValues<EvidenceLayer>())
                if (Tests(row, layer) is { Length: > 0 } tests)
                    page.Append(CultureInfo.InvariantCulture, $"- {layer.ToString().ToLowerInvariant()}: {string.Join(", ", tests.Select(Shown))}\n");
        }

        return page.ToString();
    }

    private void Lacks(StringBuilder page)
    {
        if (requirements.EmulatorLacks.Count == 0)
            return;
        page.Append("## What the local AWS lacks\n\nCovered by plan instead.\n\n| row | operation | why it is not fixed |\n|---|---|---|\n");
        foreach ((string row, IReadOnlyList<MissingOperation> lacks) in requirements.EmulatorLacks.OrderBy(entry => RequirementRows.SortKey(entry.Key), StringComparer.Ordinal))
            foreach (MissingOperation lack in lacks)
                page.Append(CultureInfo.InvariantCulture, $"| {row} | `{lack.Operation}` | {lack.Why} |\n");
        page.Append('\n');
    }

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
