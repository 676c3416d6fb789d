using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Infra.Configuration.Model;

namespace Infra.Configuration.Schemas;

/// <summary>
/// Limits of a value, from the attributes of its property and from its type. In a list, allowed values, range and pattern apply to each
/// item, and lengths to the number of items; in a map, allowed values apply to each value, and the pattern of
/// <see cref="KeysAttribute"/> to each key.
/// </summary>
internal sealed record Limits
{
    // The attribute's value if its user sets none.
    private static readonly string? Unsaid = new AllowedValuesAttribute().ErrorMessage;

    /// <summary>Allowed values; none means any.</summary>
    public IReadOnlyList<object>? Allowed { get; private init; }

    /// <summary>Description of the allowed values, for findings: <c>a Fargate CPU size</c>.</summary>
    public string? AllowedNoun { get; private init; }

    public RangeAttribute? Range { get; private init; }

    public TextPattern? Pattern { get; private init; }

    /// <summary>Pattern of a map's keys.</summary>
    public TextPattern? Keys { get; private init; }

    /// <summary>Whether a list may contain the same item twice.</summary>
    public bool Repeats { get; private init; }

    public int? MinLength { get; private init; }

    public int? MaxLength { get; private init; }

    public static Limits Of(PropertyInfo property, Schema schema)
    {
        Schema single = schema switch { ListSchema list => list.Item, MapSchema map => map.Value, _ => schema };
        var limits = new Limits { Allowed = (single as EnumSchema)?.Values.Keys.ToArray() };
        foreach (object attribute in property.GetCustomAttributes(inherit: false))
            limits = attribute switch
            {
                AllowedValuesAttribute a =>
                    limits with
                    {
                        Allowed = [.. a.Values.Select(v => v is int i ? (long)i : v!)],
                        AllowedNoun = a.ErrorMessage == Unsaid ? null : a.ErrorMessage
                    },
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
