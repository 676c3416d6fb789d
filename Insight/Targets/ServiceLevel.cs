using Newtonsoft.Json.Linq;

namespace Infra.Insight.Targets;

/// <summary>Monthly uptime that AWS commits to in a service level agreement.</summary>
/// <param name="Part">Service, and how it is deployed.</param>
/// <param name="Percent">Monthly uptime percentage.</param>
/// <param name="Read">Whether the percentage was read on AWS's page, or second-hand.</param>
/// <param name="Source">Page of the agreement.</param>
public sealed record ServiceLevel(string Part, decimal Percent, string Read, string Source)
{
    private static readonly JObject Json = EmbeddedJson.Read("serviceLevels.json");

    /// <summary>Month in which the pages were read.</summary>
    public static string Seen { get; } = (string)Json["seen"]!;

    /// <summary>All levels, by key.</summary>
    public static IReadOnlyDictionary<string, ServiceLevel> All { get; } = ((JObject)Json["levels"]!).Properties().ToDictionary(
        level => level.Name,
        level => new ServiceLevel(
            (string)level.Value["part"]!, (decimal)level.Value["percent"]!, (string)level.Value["read"]!, (string)level.Value["source"]!),
        StringComparer.Ordinal);
}
