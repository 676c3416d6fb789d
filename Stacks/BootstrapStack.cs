using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamOpenidConnectProvider;
using Infra.Configuration;
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
        : base(scope, Id, deployment.ForAccount(), deployment.Context.Names.BootstrapStateKey)
    {
        EnvironmentConfig config = deployment.Config;
        string bucketName = config.State.BucketOf(Context.Names);
        string tableName = config.State.LockTableOf(Context.Names);

        var bucket = new SecureBucket(this, "state", new SecureBucketProps(Context, bucketName) { NoncurrentDays = StateHistoryDays });
        new LockTable(this, "lock", new LockTableProps(Context, tableName));
        new PermissionsBoundary(this, "boundary", Context);

        Output("state_bucket", "Bucket of Terraform's state.", bucketName);
        Output("lock_table", "Table of Terraform's locks.", tableName);
        GitHubRoles(deployment, bucket.Outputs.Arn, Context.Arn("dynamodb", $"table/{tableName}"));
    }

    /// <summary>Roles of each environment of the account, so that bootstrapping one leaves the others' alone.</summary>
    private void GitHubRoles(Deployment deployment, string bucketArn, string tableArn)
    {
        LoadedEnvironment[] withGitHub = [.. deployment.Sharing.Where(environment => environment.Config.GitHub is not null)];
        if (withGitHub.Any(environment => environment.Config.GitHub!.OidcProvider == "create"))
            new IamOpenidConnectProvider(this, "github", new IamOpenidConnectProviderConfig
            {
                Url = OidcSubject.IssuerUrl,
                ClientIdList = ["sts.amazonaws.com"],
            }).Named("github");

        foreach (LoadedEnvironment environment in withGitHub)
        {
            string name = environment.Config.Name;
            var roles = new InfrastructureRoles(this, $"infra-{name}", new InfrastructureRolesProps(
                Context with { Names = environment.Names, Region = environment.Config.Region }, environment.Config.GitHub!, bucketArn, tableArn));
            Output($"{name.Replace('-', '_')}_plan_role_arn", $"Role for workflows on pull requests that touch {name}.", roles.PlanRoleArn);
            Output($"{name.Replace('-', '_')}_apply_role_arn", $"Role for workflows that deploy {name}.", roles.ApplyRoleArn);
        }
    }
}
