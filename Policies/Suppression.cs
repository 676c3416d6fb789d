using Infra.Policies.Documents;
using Infra.Policies.Rules;
using Newtonsoft.Json;

namespace Infra.Policies;

/// <summary>An accepted kind of finding, with the reason.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Address">Address of the resource; may contain <c>*</c>.</param>
/// <param name="Wrong">Text of the finding; may contain <c>*</c>.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Source">Page or data that confirms it.</param>
public sealed record Suppression(
    [property: JsonRequired] string Rule,
    [property: JsonRequired] string Address,
    [property: JsonRequired] string Wrong,
    [property: JsonRequired] string Reason,
    [property: JsonRequired] string Source)
{
    private static readonly Lazy<IReadOnlyList<Suppression>> s_committed = new(Read);

    /// <summary>The list in <c>Policies/suppressions.json</c>.</summary>
    public static IReadOnlyList<Suppression> Committed => s_committed.Value;

    public bool Covers(PolicyFinding finding) =>
        Rule == finding.Rule && Wildcard.Matches(Address, finding.Address) && Wildcard.Matches(Wrong, finding.Wrong);

    private static Suppression[] Read()
    {
        using Stream stream = typeof(Suppression).Assembly.GetManifestResourceStream("suppressions.json")
            ?? throw new InvalidOperationException("suppressions.json is not in the assembly");
        using var reader = new StreamReader(stream);
        return JsonConvert.DeserializeObject<Suppression[]>(reader.ReadToEnd()) ?? [];
    }
}
