using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamOpenidConnectProvider;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.State;
using Infra.Constructs.Storage;

namespace Infra.Stacks;

/// <summary>
/// What a person with admin rights applies once in an account: the place of the state, GitHub's way in, and the boundary that
/// whatever comes in that way cannot leave.
/// </summary>
internal sealed class BootstrapStack : AwsStack
{
    public const string Id = "bootstrap";

    /// <summary>Days that earlier versions of the state can be brought back.</summary>
    private const int StateHistoryDays = 365;

    public BootstrapStack(Construct scope, Deployment deployment)
        : base(scope, Id, deployment, deployment.Context.Names.BootstrapStateKey)
    {
        EnvironmentConfig config = deployment.Config;
        string bucketName = config.State.Bucket ?? Context.Names.StateBucket;
        string tableName = config.State.LockTable ?? Context.Names.LockTable;

        var bucket = new SecureBucket(this, "state", new SecureBucketProps(Context, bucketName) { NoncurrentDays = StateHistoryDays });
        new LockTable(this, "lock", new LockTableProps(Context, tableName));
        new PermissionsBoundary(this, "boundary", Context);

        Output("state_bucket", "Bucket of Terraform's state.", bucketName);
        Output("lock_table", "Table of Terraform's locks.", tableName);
        if (config.GitHub is not { } github) return;

        if (github.OidcProvider == "create")
            new IamOpenidConnectProvider(this, "github", new IamOpenidConnectProviderConfig
            {
                Url = OidcSubject.IssuerUrl,
                ClientIdList = ["sts.amazonaws.com"],
            }).Named("github");

        var roles = new InfrastructureRoles(this, "infra", new InfrastructureRolesProps(
            Context, github, bucket.Outputs.Arn, Context.Arn("dynamodb", $"table/{tableName}")));
        Output("plan_role_arn", "Role for workflows on pull requests.", roles.PlanRoleArn);
        Output("apply_role_arn", "Role for workflows that deploy.", roles.ApplyRoleArn);
    }
}
