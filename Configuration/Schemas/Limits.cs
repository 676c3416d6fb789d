using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Infra.Configuration.Model;

namespace Infra.Configuration.Schemas;

/// <summary>
/// What a value may be, from the attributes of its property. Of a list, allowed values, range and pattern mean each item, and lengths
/// the number of items; of a map, allowed values mean each value, and the pattern of <see cref="KeysAttribute"/> each key.
/// </summary>
internal sealed record Limits
{
    // What the attribute says where its user says nothing.
    private static readonly string? Unsaid = new AllowedValuesAttribute().ErrorMessage;

    /// <summary>Nothing but these; none means anything.</summary>
    public IReadOnlyList<object>? Allowed { get; private init; }

    /// <summary>What allowed values are, for findings: <c>a Fargate CPU size</c>.</summary>
    public string? AllowedNoun { get; private init; }

    public RangeAttribute? Range { get; private init; }

    public TextPattern? Pattern { get; private init; }

    /// <summary>Pattern of a map's keys.</summary>
    public TextPattern? Keys { get; private init; }

    /// <summary>Whether a list may hold the same item twice.</summary>
    public bool Repeats { get; private init; }

    public int? MinLength { get; private init; }

    public int? MaxLength { get; private init; }

    public static Limits Of(PropertyInfo property)
    {
        var limits = new Limits();
        foreach (object attribute in property.GetCustomAttributes(inherit: false))
            limits = attribute switch
            {
                AllowedValuesAttribute a => limits with { Allowed = [.. a.Values.Select(v => v is int i ? (long)i : v!)], AllowedNoun = a.ErrorMessage == Unsaid ? null : a.ErrorMessage },
                RangeAttribute a => limits with { Range = a },
                RegularExpressionAttribute a => limits with { Pattern = new TextPattern(a.Pattern, a.ErrorMessage) },
                KeysAttribute a => limits with { Keys = new TextPattern(a.Pattern, a.Noun) },
                RepeatsAttribute => limits with { Repeats = true },
                MinLengthAttribute a => limits with { MinLength = a.Length },
                MaxLengthAttribute a => limits with { MaxLength = a.Length },
                _ => limits,
            };
        return limits;
    }
}
