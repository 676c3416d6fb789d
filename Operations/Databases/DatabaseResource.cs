using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Databases;

/// <summary>A database of base: its Terraform resource and its attributes in the state.</summary>
/// <param name="Address">Terraform address: <c>aws_db_instance.database</c>.</param>
/// <param name="Identifier">DB instance identifier.</param>
/// <param name="State">Attributes in the state; null if it is not in the state.</param>
/// <param name="Arguments">Arguments of the synthesized resource.</param>
internal sealed record DatabaseResource(string Address, string Identifier, JObject? State, JObject Arguments)
{
    private const string Type = "aws_db_instance";

    /// <summary>Identifier of the restored instance until it is renamed to the database's identifier.</summary>
    public string Restored => $"{Identifier}-restored";

    /// <summary>Identifier of the previous instance, which is kept until the operator deletes it.</summary>
    public string Previous => $"{Identifier}-before-restore";

    /// <summary>DBI resource id that Terraform manages; the provider's id since version 5. Null if it is not in the state.</summary>
    /// <remarks>https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/guides/version-5-upgrade (aws_db_instance)</remarks>
    public string? ManagedId => (string?)State?["resource_id"];

    /// <summary>Finds the database that was chosen.</summary>
    /// <param name="stack">Base.</param>
    /// <param name="state">Bucket with its state.</param>
    /// <param name="named">Identifier, or name in <c>databases</c>; null means the only one.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async Task<DatabaseResource> FindAsync(
        StackFolder stack, StateBucket state, string? named, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, JObject> attributes = await state.AttributesAsync(stack.StateKey, Type, cancellation);
        return Choose(
            [
                .. from resource in (stack.Json.SelectToken($"resource.{Type}") as JObject ?? []).Properties()
                   let address = $"{Type}.{resource.Name}"
                   select new DatabaseResource(
                       address, (string)resource.Value["identifier"]!, attributes.GetValueOrDefault(address), (JObject)resource.Value),
            ],
            named);
    }

    internal static DatabaseResource Choose(IReadOnlyList<DatabaseResource> databases, string? named)
    {
        string available = string.Join(", ", databases.Select(database => database.Identifier).Order(StringComparer.Ordinal));
        if (databases.Count == 0)
            throw OperationException.BadInput("the environment has no database");
        if (named is null)
        {
            return databases.Count == 1
                ? databases[0]
                : throw OperationException.BadInput(
                    "the environment has several databases", $"choose with --database; available: {available}");
        }

        return databases.SingleOrDefault(database => database.Identifier == named)
            ?? databases.SingleOrDefault(database => database.Identifier.EndsWith($"-{named}-db", StringComparison.Ordinal))
            ?? throw OperationException.BadInput($"the environment has no database {named}", $"available: {available}");
    }

    /// <summary>
    /// Why it cannot be restored from a snapshot: attributes that would make Terraform replace the instance. Null if it can.
    /// </summary>
    public OperationException? ObstacleTo(DbSnapshot snapshot)
    {
        (string What, string? Here, string? Wanted)[] fixedForLife =
        [
            ("major version", snapshot.EngineVersion.Split('.')[0], ((string?)Arguments["engine_version"])?.Split('.')[0]),
            ("master user", snapshot.MasterUsername, (string?)Arguments["username"]),
            ("KMS key", snapshot.KmsKeyId ?? "none", (string?)State?["kms_key_id"]),
        ];
        (string What, string? Here, string? Wanted) wrong =
            fixedForLife.FirstOrDefault(each => each.Wanted is not null && each.Here != each.Wanted);
        if (snapshot.Status != "available")
            return OperationException.BadInput($"snapshot {snapshot.Identifier} is {snapshot.Status}", "wait until it is available");
        return wrong.What is null ? null : OperationException.BadInput(
            $"snapshot {snapshot.Identifier} has another {wrong.What} than {Identifier}: {wrong.Here}, not {wrong.Wanted}; nothing was "
                + "changed",
            wrong.What == "KMS key"
                ? $"copy it with that key first: aws rds copy-db-snapshot --source-db-snapshot-identifier {snapshot.Identifier} "
                    + $"--target-db-snapshot-identifier {Identifier}-copy --kms-key-id {wrong.Wanted}"
                : "the next deployment would replace such an instance; restore it next to this one and copy the data");
    }
}
