using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamOpenidConnectProvider;
using Infra.Configuration;
using Infra.Configuration.Model;
using Infra.Constructs.Account;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Pipelines;
using Infra.Constructs.Schedules;
using Infra.Constructs.State;
using Infra.Constructs.Storage;

namespace Infra.Stacks;

/// <summary>
/// What a person with admin rights applies once in an account: the place of the state, what protects the account as a whole,
/// GitHub's way in, and the boundary that whatever comes in that way cannot leave.
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
        if (Elsewhere(config.State.ReplicaRegion) is { } elsewhere)
        {
            var replica = new StateReplica(this, "state-replica", new StateReplicaProps(Context, bucket, StateHistoryDays, elsewhere));
            Output("state_replica_bucket", $"Bucket in {config.State.ReplicaRegion} with a copy of every version of the state.", replica.Outputs.Name);
        }
        new LockTable(this, "lock", new LockTableProps(Context, tableName));
        new PermissionsBoundary(this, "boundary", new PermissionsBoundaryProps(
            Context, [.. deployment.Sharing.SelectMany(environment => environment.Promotes).Select(target => target.Names)]));
        new AccountSecurity(this, "account", new AccountSecurityProps(Context, config.Security.Account));

        Output("state_bucket", "Bucket of Terraform's state.", bucketName);
        Output("lock_table", "Table of Terraform's locks.", tableName);
        string tableArn = Context.Arn("dynamodb", $"table/{tableName}");
        GitHubRoles(deployment, bucket.Outputs.Arn, tableArn);
        RolesForPipelines(deployment, bucket.Outputs.Arn, tableArn);
        CycleRoles(deployment, bucket.Outputs.Arn, tableArn);
    }

    /// <summary>Roles of the builds that follow the schedules of the account's environments.</summary>
    private void CycleRoles(Deployment deployment, string bucketArn, string tableArn)
    {
        foreach (LoadedEnvironment environment in deployment.Sharing)
            if (environment.Config.Schedule is { } schedule)
                new CycleRole(this, $"infra-{environment.Config.Name}-cycle", new CycleRoleProps(
                    Context with { Names = environment.Names, Region = environment.Config.Region }, schedule, environment.Config.Network, bucketArn, tableArn));
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
                Context with { Names = environment.Names, Region = environment.Config.Region }, environment.Config.GitHub!, bucketArn, tableArn)
            {
                Services = ServicesInUse.Of(environment.Config),
                Releases = environment.Config.Services.Count > 0,
            });
            Output($"{name.Replace('-', '_')}_plan_role_arn", $"Role for workflows on pull requests that touch {name}.", roles.PlanRoleArn);
            Output($"{name.Replace('-', '_')}_apply_role_arn", $"Role for workflows that deploy {name}.", roles.ApplyRoleArn);
        }
    }

    /// <summary>Roles for the pipelines of other accounts that deploy environments of this one.</summary>
    private void RolesForPipelines(Deployment deployment, string bucketArn, string tableArn)
    {
        foreach (LoadedEnvironment environment in deployment.Sharing)
        {
            if (environment.DeployedFrom is not { } pipeline) continue;
            string name = environment.Config.Name;
            var roles = new TargetRoles(this, $"pipeline-{name}", new TargetRolesProps(
                Context with { Names = environment.Names, Region = environment.Config.Region }, pipeline.Names, pipeline.Config.Region, bucketArn, tableArn)
            {
                Services = ServicesInUse.Of(environment.Config),
            });
            Output($"{name.Replace('-', '_')}_deploy_role_arn", $"Role with which the pipeline of {pipeline.Config.Name} deploys {name}.", roles.DeployRoleArn);
            Output($"{name.Replace('-', '_')}_push_role_arn", $"Role with which it pushes images of {name}.", roles.PushRoleArn);
        }
    }
}
