using Infra.Configuration.Model;
using Infra.Contracts;

namespace Infra.Operations.Domains;

/// <summary>What somebody has to enter in the DNS, outside of what Terraform manages, before a certificate is issued.</summary>
/// <param name="Name">Name of the record: the domain, or the one that ACM looks for.</param>
/// <param name="Type">NS or CNAME.</param>
/// <param name="Values">Name servers, or the one value.</param>
internal sealed record DomainRecord(string Name, string Type, IReadOnlyList<string> Values)
{
    /// <summary>What to tell people to do with it.</summary>
    public string Instruction => Type == "NS"
        ? $"enter these name servers for {Name} at the domain's registrar, or as NS records in the zone above it"
        : "enter this record where the DNS of the domain is managed";

    /// <summary>The record of a domain, from base's outputs; null where the zone existed before, or nothing is known yet.</summary>
    public static DomainRecord? Of(DomainConfig domain, BaseOperatorOutputs outputs) => domain.Zone switch
    {
        "create" when outputs.NameServers is { } servers => new DomainRecord(domain.Name, "NS", servers),
        "none" when outputs.CertificateValidation is { } record => new DomainRecord(record.Name, record.Type, [record.Value]),
        _ => null,
    };

    /// <summary>Whether an answer of the DNS is what has to be entered; capitals and the dot at the end do not count.</summary>
    public bool IsIn(IReadOnlyList<string> answer) =>
        Values.Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(answer.Select(Plain));

    private static string Plain(string name) => name.TrimEnd('.');
}
