using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamOpenidConnectProvider;
using Infra.Configuration;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Account;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Permissions;
using Infra.Constructs.Pipelines;
using Infra.Constructs.Schedules;
using Infra.Constructs.State;
using Infra.Constructs.Storage;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>
/// What an administrator applies once in an account: the state bucket and lock table, security settings of the account, GitHub's OIDC
/// provider and roles, and the permissions boundary of all roles.
/// </summary>
internal sealed class BootstrapStack : AwsStack
{
    public const string Id = StackNames.Bootstrap;

    /// <summary>Days that earlier versions of the state can be restored.</summary>
    private const int StateHistoryDays = 365;

    private readonly StackResources _resources;

    public BootstrapStack(Construct scope, Deployment deployment, StackResources resources)
        : base(scope, Id, deployment.ForAccount(), deployment.Context.Names.BootstrapStateKey)
    {
        _resources = resources;
        EnvironmentConfig config = deployment.Config;
        string bucketName = config.State.BucketOf(Context.Names);
        string tableName = config.State.LockTableOf(Context.Names);

        var bucket = new SecureBucket(this, "state", new SecureBucketProps(Context, bucketName) { NoncurrentDays = StateHistoryDays });
        if (Elsewhere(config.State.ReplicaRegion) is { } elsewhere)
        {
            var replica = new StateReplica(this, "state-replica", new StateReplicaProps(Context, bucket, StateHistoryDays, elsewhere));
            Output("state_replica_bucket", $"Bucket in {config.State.ReplicaRegion} with a copy of every version of the state.",
                replica.Outputs.Name);
        }
        new LockTable(this, "lock", new LockTableProps(Context, tableName));
        new PermissionsBoundary(this, "boundary", new PermissionsBoundaryProps(
            Context,
            [.. deployment.Sharing.SelectMany(environment => environment.Promotes).Select(target => target.Names)],
            [.. deployment.Sharing.SelectMany(environment => PermissionsOf(environment).UseActions).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)],
            [.. deployment.Sharing.Select(environment => environment.Names.Prefix).Distinct()]));
        new AccountSecurity(this, "account", new AccountSecurityProps(Context, config.Security.Account));

        Output("state_bucket", "Bucket of Terraform's state.", bucketName);
        Output("lock_table", "Table of Terraform's locks.", tableName);
        string tableArn = Context.Arn("dynamodb", $"table/{tableName}");
        Dictionary<string, DeploymentPolicies> policies = deployment.Sharing
            .Where(environment => environment.Config.GitHub is not null || environment.DeployedFrom is not null)
            .ToDictionary(environment => environment.Config.Name, Policies);
        GitHubRoles(deployment, bucket.Outputs.Arn, tableArn, policies);
        RolesForPipelines(deployment, bucket.Outputs.Arn, tableArn, policies);
        CycleRoles(deployment, bucket.Outputs.Arn, tableArn);
    }

    private DeploymentContext ContextOf(LoadedEnvironment environment) =>
        Context with { Names = environment.Names, Region = environment.Config.Region };

    private ResourcePermissions PermissionsOf(LoadedEnvironment environment) => new(ContextOf(environment), _resources.Of(environment));

    /// <summary>Policies that the roles of an environment share.</summary>
    private DeploymentPolicies Policies(LoadedEnvironment environment) =>
        new(this, $"infra-{environment.Config.Name}-policies",
            new DeploymentPoliciesProps(ContextOf(environment), PermissionsOf(environment)));

    /// <summary>Roles of the builds that run the schedules of the account's environments.</summary>
    private void CycleRoles(Deployment deployment, string bucketArn, string tableArn)
    {
        foreach (LoadedEnvironment environment in deployment.Sharing)
            if (environment.Config.Schedule is { } schedule)
                new RuntimeScheduleRole(this, $"infra-{environment.Config.Name}-cycle", new RuntimeScheduleRoleProps
                {
                    Context = ContextOf(environment),
                    Schedule = schedule,
                    Used = _resources.Of(environment),
                    StateBucketArn = bucketArn,
                    LockTableArn = tableArn,
                });
    }

    /// <summary>Roles of each environment of the account, so that bootstrapping one does not remove the others' roles.</summary>
    private void GitHubRoles(Deployment deployment, string bucketArn, string tableArn, Dictionary<string, DeploymentPolicies> policies)
    {
        LoadedEnvironment[] withGitHub = [.. deployment.Sharing.Where(environment => environment.Config.GitHub is not null)];
        if (withGitHub.Any(environment => environment.Config.GitHub!.OidcProvider == OidcProviderSource.Create))
            new IamOpenidConnectProvider(this, "github", new IamOpenidConnectProviderConfig
            {
                Url = OidcSubject.IssuerUrl,
                ClientIdList = ["sts.amazonaws.com"],
            }).Named("github");

        foreach (LoadedEnvironment environment in withGitHub)
        {
            string name = environment.Config.Name;
            var roles = new InfrastructureRoles(this, $"infra-{name}", new InfrastructureRolesProps(
                ContextOf(environment), environment.Config.GitHub!, bucketArn, tableArn)
            {
                Used = _resources.Of(environment),
                Policies = policies[name],
                Released =
                [
                    .. environment.Config.Services.OrderBy(service => service.Key, StringComparer.Ordinal)
                        .Select(service => Released(environment.Names, service.Key, service.Value)),
                ],
                Sites = [.. environment.Config.Sites.Keys.Order(StringComparer.Ordinal)],
                SmokeBuckets = SmokeBuckets(environment.Config),
                Databases = [.. AllDatabases.Of(environment.Config).Select(each => environment.Names.Database(each.Name.Purpose))],
                MigratedDatabases =
                [
                    .. environment.Config.Services.Keys
                        .SelectMany(service => MigratedDatabases.Of(environment.Config, service).Keys).Distinct()
                        .Select(name => environment.Names.Database(name.Purpose)).Order(StringComparer.Ordinal),
                ],
            });
            Output($"{name.Replace('-', '_')}_plan_role_arn", $"Role for workflows on pull requests that touch {name}.", roles.PlanRoleArn);
            Output($"{name.Replace('-', '_')}_apply_role_arn", $"Role for workflows that deploy {name}.", roles.ApplyRoleArn);
        }
    }

    private static string[] SmokeBuckets(EnvironmentConfig config) =>
    [
        .. config.Smoke.Select(test => test.Objects).OfType<SmokeObjectsConfig>().SelectMany(objects => new[] { objects.From, objects.To })
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static Released Released(Names names, string name, ServiceConfig config)
    {
        string[] jobs = [.. config.Jobs.Keys.Order(StringComparer.Ordinal).Select(job => names.JobFamily(name, job))];
        bool migrates = config.Migration is not null;
        return new Released(
            name,
            config.Repository ?? name,
            [names.Service(name), .. jobs, .. migrates ? [names.MigrationFamily(name)] : Array.Empty<string>()],
            [names.ExecutionRole(name), names.TaskRole(name), .. migrates ? [names.MigrationRole(name)] : Array.Empty<string>()],
            jobs.Length > 0 ? names.JobRole(name) : null);
    }

    /// <summary>Roles for the pipelines of other accounts that deploy environments of this one.</summary>
    private void RolesForPipelines(
        Deployment deployment, string bucketArn, string tableArn, Dictionary<string, DeploymentPolicies> policies)
    {
        foreach (LoadedEnvironment environment in deployment.Sharing)
        {
            if (environment.DeployedFrom is not { } pipeline) continue;
            string name = environment.Config.Name;
            var roles = new TargetRoles(this, $"pipeline-{name}", new TargetRolesProps
            {
                Context = ContextOf(environment),
                Pipeline = pipeline.Names,
                PipelineRegion = pipeline.Config.Region,
                StateBucketArn = bucketArn,
                LockTableArn = tableArn,
                Used = _resources.Of(environment),
                SmokeBuckets = SmokeBuckets(environment.Config),
                Policies = policies[name],
            });
            Output($"{name.Replace('-', '_')}_deploy_role_arn", $"Role with which the pipeline of {pipeline.Config.Name} deploys {name}.",
                roles.DeployRoleArn);
            Output($"{name.Replace('-', '_')}_push_role_arn", $"Role with which it pushes images of {name}.", roles.PushRoleArn);
        }
    }
}
