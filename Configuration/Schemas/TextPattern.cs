using System.Text.RegularExpressions;

namespace Infra.Configuration.Schemas;

/// <summary>What a whole text must look like.</summary>
/// <param name="expression">Regular expression for the whole text, without anchors.</param>
/// <param name="noun">What such a text is, for findings: <c>an account id of twelve digits</c>.</param>
internal sealed class TextPattern(string expression, string? noun)
{
    // \z and not $: $ also matches before a last line break. Made when first asked for: most patterns of a run never are.
    private readonly Lazy<Regex> _regex = new(() => new Regex($@"\A(?:{expression})\z", RegexOptions.CultureInvariant));

    /// <summary>The expression with anchors, as JSON Schema needs it.</summary>
    public string Anchored => $"^({expression})$";

    public bool Matches(string text) => _regex.Value.IsMatch(text);

    /// <summary>The noun, or the expression where there is none.</summary>
    public override string ToString() => noun ?? $"text of the pattern {expression}";
}
