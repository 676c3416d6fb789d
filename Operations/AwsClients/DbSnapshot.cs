using System.Xml.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>A DB snapshot as returned by RDS.</summary>
/// <param name="Identifier">Identifier; those of AWS Backup begin with <c>awsbackup:</c>, automated ones with <c>rds:</c>.</param>
/// <param name="Instance">Identifier of the instance.</param>
/// <param name="Created">When it was taken, in UTC; null while it is being taken.</param>
/// <param name="Status">Status: <c>available</c>.</param>
/// <param name="EngineVersion">Engine version.</param>
/// <param name="MasterUsername">Master user.</param>
/// <param name="KmsKeyId">ARN of the key; null if it is not encrypted.</param>
/// <param name="AllocatedStorage">Storage in GiB.</param>
internal sealed record DbSnapshot(
    string Identifier, string Instance, string? Created, string Status, string EngineVersion, string MasterUsername, string? KmsKeyId,
    int AllocatedStorage)
{
    /// <summary>Reads a <c>DBSnapshot</c> element.</summary>
    public static DbSnapshot Of(XElement element) => new(
        (string)element.Element("DBSnapshotIdentifier")!,
        (string?)element.Element("DBInstanceIdentifier") ?? "",
        (string?)element.Element("SnapshotCreateTime"),
        (string?)element.Element("Status") ?? "",
        (string?)element.Element("EngineVersion") ?? "",
        (string?)element.Element("MasterUsername") ?? "",
        (string?)element.Element("Encrypted") == "true" ? (string?)element.Element("KmsKeyId") : null,
        (int?)element.Element("AllocatedStorage") ?? 0);
}
