using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DynamodbTable;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.State;

/// <summary>The DynamoDB table in which Terraform holds the lock of a state and the digest of its last version.</summary>
/// <remarks>
/// Encrypted with the key that DynamoDB owns, as every table is that names no other. With the key <c>aws/dynamodb</c> DynamoDB would decrypt as the caller, so that
/// each role that locks needed <c>kms:Decrypt</c>, which roles that only look must not have.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
/// </remarks>
internal sealed class LockTable : Construct
{
    public LockTable(Construct scope, string id, LockTableProps props) : base(scope, id) =>
        new DynamodbTable(this, "table", new DynamodbTableConfig
        {
            Name = props.Name,
            BillingMode = "PAY_PER_REQUEST",
            HashKey = "LockID",
            Attribute = new[] { new DynamodbTableAttribute { Name = "LockID", Type = "S" } },
            PointInTimeRecovery = new DynamodbTablePointInTimeRecovery { Enabled = true },
            ServerSideEncryption = new DynamodbTableServerSideEncryption { Enabled = false },
            DeletionProtectionEnabled = !props.Context.Disposable,
            Lifecycle = props.Context.PreventDestroy(),
        }).Named(id);
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name of the table.</param>
internal sealed record LockTableProps(DeploymentContext Context, string Name);
