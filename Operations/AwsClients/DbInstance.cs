using System.Xml.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>A DB instance as returned by RDS.</summary>
/// <param name="Identifier">Identifier, which a rename changes.</param>
/// <param name="ResourceId">DBI resource ID, which a rename does not change.</param>
/// <param name="Status">Status: <c>available</c>.</param>
/// <param name="SecretStatus">Status of the master user's secret; null if RDS does not manage the password.</param>
/// <param name="LatestRestorableTime">Latest restorable time; null if it has no automated backups.</param>
/// <param name="Tags">Tags.</param>
internal sealed record DbInstance(
    string Identifier, string ResourceId, string Status, string? SecretStatus, string? LatestRestorableTime,
    IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Ids of its security groups.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>Port on which it accepts connections.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Whether no operation is in progress that prevents the next change.</summary>
    public bool IsReady => Status == "available" && SecretStatus is (null or "active");

    /// <summary>Reads a <c>DBInstance</c> element.</summary>
    public static DbInstance Of(XElement element) => new(
        (string)element.Element("DBInstanceIdentifier")!,
        (string)element.Element("DbiResourceId")!,
        (string?)element.Element("DBInstanceStatus") ?? "",
        element.Element("MasterUserSecret") is { HasElements: true } secret ? (string?)secret.Element("SecretStatus") ?? "" : null,
        (string?)element.Element("LatestRestorableTime"),
        element.Descendants("Tag").Where(tag => tag.Parent?.Name == "TagList")
            .ToDictionary(tag => (string)tag.Element("Key")!, tag => (string?)tag.Element("Value") ?? "", StringComparer.Ordinal))
    {
        SecurityGroups = [.. element.Descendants("VpcSecurityGroupId").Select(group => group.Value)],
        Port = (int?)element.Element("Endpoint")?.Element("Port") ?? 5432,
    };
}
