using Newtonsoft.Json.Linq;

namespace Infra.Insight.Targets;

/// <summary>How long AWS takes for something.</summary>
/// <param name="Typical">Usual time.</param>
/// <param name="Slow">Time of a slow case.</param>
/// <param name="Kind">Kind of source: logs, AWS, measured, assumption.</param>
/// <param name="Source">Source.</param>
public sealed record Duration(TimeSpan Typical, TimeSpan Slow, string Kind, string Source)
{
    private static readonly JObject Json = EmbeddedJson.Read("durations.json");

    /// <summary>Month in which the sources were read.</summary>
    public static string Seen { get; } = (string)Json["seen"]!;

    /// <summary>Meaning of each kind of source.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } =
        ((JObject)Json["kinds"]!).Properties().ToDictionary(kind => kind.Name, kind => (string)kind.Value!, StringComparer.Ordinal);

    /// <summary>Time to create a resource, by type.</summary>
    public static IReadOnlyDictionary<string, Duration> Types { get; } = Section("types");

    /// <summary>Time of steps that are not resources.</summary>
    public static IReadOnlyDictionary<string, Duration> Steps { get; } = Section("steps");

    /// <summary>Time to create a resource of any other type.</summary>
    public static Duration Other { get; } = Read((JObject)Json["other"]!);

    /// <summary>The time: typical, or of a slow case.</summary>
    public TimeSpan Of(bool slow) => slow ? Slow : Typical;

    private static Dictionary<string, Duration> Section(string name) => ((JObject)Json[name]!).Properties()
        .ToDictionary(entry => entry.Name, entry => Read((JObject)entry.Value), StringComparer.Ordinal);

    private static Duration Read(JObject entry) => new(
        TimeSpan.FromSeconds((int)entry["typical"]!), TimeSpan.FromSeconds((int)entry["slow"]!), (string)entry["kind"]!,
        (string)entry["source"]!);
}
