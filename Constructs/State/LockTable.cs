using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DynamodbTable;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.State;

/// <summary>The DynamoDB table with the locks and digests of Terraform states.</summary>
/// <remarks>
/// Encrypted with the AWS owned key, the default of DynamoDB. With the AWS managed key <c>aws/dynamodb</c> DynamoDB would decrypt with the
/// caller's permissions, so that each role that locks would need <c>kms:Decrypt</c>, which read-only roles must not have.
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
