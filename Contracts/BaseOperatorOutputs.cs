using Newtonsoft.Json.Linq;

namespace Infra.Contracts;

/// <summary>Outputs of base that no stack reads: what an operator enters elsewhere, and what the launcher looks up.</summary>
public sealed record BaseOperatorOutputs
{
    public const string NameServersOutput = "name_servers";
    public const string CertificateValidationOutput = "certificate_validation";

    private IReadOnlyDictionary<string, JToken> Outputs { get; init; } = new Dictionary<string, JToken>();

    /// <summary>Name servers of the domain's zone; null where the zone existed before, or base is not deployed.</summary>
    public IReadOnlyList<string>? NameServers =>
        Outputs.GetValueOrDefault(NameServersOutput) is JArray servers ? [.. servers.Values<string>().OfType<string>()] : null;

    /// <summary>DNS record that proves to ACM who owns the domain; null where base enters it itself.</summary>
    public CertificateValidationRecord? CertificateValidation => Outputs.GetValueOrDefault(CertificateValidationOutput) is JObject record
        ? new CertificateValidationRecord((string)record["name"]!, (string)record["type"]!, (string)record["value"]!)
        : null;

    /// <summary>Reads the outputs of a state; those of a base that is not deployed are empty.</summary>
    public static BaseOperatorOutputs Read(IReadOnlyDictionary<string, JToken> outputs) => new() { Outputs = outputs };

    /// <summary>CloudFront's host name of a site; null where base is not deployed with it.</summary>
    public string? SiteDomainName(string site) => (string?)Outputs.GetValueOrDefault(SiteDomainNameOutput(site));

    /// <summary>Name of the output with a site's bucket.</summary>
    public static string SiteBucketOutput(string site) => $"site_{Id(site)}_bucket";

    /// <summary>Name of the output with the id of a site's distribution.</summary>
    public static string SiteDistributionIdOutput(string site) => $"site_{Id(site)}_distribution_id";

    /// <summary>Name of the output with CloudFront's host name of a site.</summary>
    public static string SiteDomainNameOutput(string site) => $"site_{Id(site)}_domain_name";

    private static string Id(string name) => name.Replace('-', '_');
}

/// <summary>DNS record that proves to ACM who owns a domain.</summary>
/// <param name="Name">Name of the record.</param>
/// <param name="Type">Its type: CNAME.</param>
/// <param name="Value">Its value.</param>
public sealed record CertificateValidationRecord(string Name, string Type, string Value)
{
    /// <summary>The attributes of the output.</summary>
    public Dictionary<string, string> Write() => new() { ["name"] = Name, ["type"] = Type, ["value"] = Value };
}
