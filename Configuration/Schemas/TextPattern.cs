using System.Text.RegularExpressions;

namespace Infra.Configuration.Schemas;

/// <summary>Pattern that a whole text must match.</summary>
/// <param name="expression">Regular expression for the whole text, without anchors.</param>
/// <param name="noun">Description of such a text, for findings: <c>an account id of twelve digits</c>.</param>
internal sealed class TextPattern(string expression, string? noun)
{
    // \z and not $: $ also matches before a trailing line break. Lazy: a run never uses most patterns.
    private readonly Lazy<Regex> _regex = new(() => new Regex($@"\A(?:{expression})\z", RegexOptions.CultureInvariant));

    /// <summary>The expression with anchors, as JSON Schema requires it.</summary>
    public string Anchored => $"^({expression})$";

    public bool Matches(string text) => _regex.Value.IsMatch(text);

    /// <summary>The noun, or the expression if there is none.</summary>
    public override string ToString() => noun ?? $"text of the pattern {expression}";
}
