using Infra.Configuration.Model;
using Infra.Contracts;

namespace Infra.Operations.Domains;

/// <summary>The DNS record that the user has to enter, outside Terraform, before a certificate is issued.</summary>
/// <param name="Name">Name of the record: the domain, or the validation record of ACM.</param>
/// <param name="Type">NS or CNAME.</param>
/// <param name="Values">Name servers, or a single value.</param>
internal sealed record DomainRecord(string Name, string Type, IReadOnlyList<string> Values)
{
    /// <summary>Instruction for the user.</summary>
    public string Instruction => Type == "NS"
        ? $"enter these name servers for {Name} at the domain's registrar, or as NS records in its parent zone"
        : "enter this record where the DNS of the domain is managed";

    /// <summary>The record of a domain, from base's outputs; null if the zone existed before, or the record is not known yet.</summary>
    public static DomainRecord? Of(DomainConfig domain, BaseOperatorOutputs outputs) => domain.Zone switch
    {
        ZoneSource.Create when outputs.NameServers is { } servers => new DomainRecord(domain.Name, "NS", servers),
        ZoneSource.None when outputs.CertificateValidation is { } record => new DomainRecord(record.Name, record.Type, [record.Value]),
        _ => null,
    };

    /// <summary>Whether a DNS response contains the record; case and the trailing dot are ignored.</summary>
    public bool IsIn(IReadOnlyList<string> answer) =>
        Values.Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(answer.Select(Plain));

    private static string Plain(string name) => name.TrimEnd('.');
}
