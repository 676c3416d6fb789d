using System.Xml.Linq;
using Infra.Operations.Output;

namespace Infra.Operations.Databases;

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

    /// <summary>
    /// Why a database cannot be restored from it: attributes that would make Terraform replace the instance. Null if it can.
    /// </summary>
    /// <param name="database">The database.</param>
    public OperationException? ObstacleFor(DatabaseResource database)
    {
        (string What, string? Here, string? Wanted)[] fixedForLife =
        [
            ("major version", EngineVersion.Split('.')[0], ((string?)database.Arguments["engine_version"])?.Split('.')[0]),
            ("master user", MasterUsername, (string?)database.Arguments["username"]),
            ("KMS key", KmsKeyId ?? "none", (string?)database.State?["kms_key_id"]),
        ];
        (string What, string? Here, string? Wanted) wrong =
            fixedForLife.FirstOrDefault(each => each.Wanted is not null && each.Here != each.Wanted);
        if (Status != "available")
            return OperationException.BadInput($"snapshot {Identifier} is {Status}", "wait until it is available");
        return wrong.What is null ? null : OperationException.BadInput(
            $"snapshot {Identifier} has another {wrong.What} than {database.Identifier}: {wrong.Here}, not {wrong.Wanted}; nothing was "
                + "changed",
            wrong.What == "KMS key"
                ? $"copy it with that key first: aws rds copy-db-snapshot --source-db-snapshot-identifier {Identifier} "
                    + $"--target-db-snapshot-identifier {database.Identifier}-copy --kms-key-id {wrong.Wanted}"
                : "the next deployment would replace such an instance; restore it next to this one and copy the data");
    }
}
