using Infra.Configuration.Model;
using Infra.Constructs.GitHub;
using Infra.Constructs.Layers;
using Infra.Constructs.Secrets;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>Part of the base stack: roles of the workflows that deliver applications, and the code bucket and ledger of layers.</summary>
internal sealed class BaseDelivery
{
    private readonly BaseScope _scope;

    public BaseDelivery(BaseScope scope, LogBucket accessLogs, BaseData data, BaseSites sites, BaseServices services)
    {
        _scope = scope;
        DeliveredLayers? layers = scope.Config.Layers.Count == 0 ? null : Layers(accessLogs);
        if (scope.Config.GitHub is { } github)
            Roles(github, layers, data, sites, services);
    }

    /// <summary>Terraform does not manage the versions of layers, only the ledger entries with the version to use.</summary>
    private DeliveredLayers Layers(LogBucket accessLogs)
    {
        Names names = _scope.Context.Names;
        BucketOutputs code = new CodeBucket(
            _scope.Stack, "code", new CodeBucketProps(_scope.Context, _scope.Config.Naming.ExistingCodeBucket, accessLogs)).Outputs;
        _scope.Stack.Output("code_bucket", "Bucket that layers are published from.", code.Name);
        IReadOnlyDictionary<string, ParameterOutputs> ledger = ByName.Each(_scope.Config.Layers, (name, _) =>
            new ReleaseLedgerEntry(_scope.Stack, $"layer-{name}", new ReleaseLedgerEntryProps(
                _scope.Context, names.LayerRelease(name), $"Version of the layer {names.Layer(name)} to use")).Outputs);
        foreach ((string name, ParameterOutputs parameter) in ledger)
            _scope.Stack.Output(
                $"layer_{name.Replace('-', '_')}_parameter", $"Parameter with the ARN of the version of {name} to use.", parameter.Name);
        return new DeliveredLayers(
            [.. ledger.Keys.Select(names.Layer)],
            code.Arn,
            [.. ledger.Values.Select(parameter => parameter.Name)],
            _scope.Context.Arn("dynamodb", $"table/{_scope.Config.State.LockTableOf(names)}"),
            names.LayerLock);
    }

    private void Roles(GitHubConfig github, DeliveredLayers? layers, BaseData data, BaseSites sites, BaseServices services)
    {
        string[] repositories = [.. services.Repositories.Values.Select(repository => repository.Arn)];
        var delivered = new DeliveryRoleProps
        {
            Context = _scope.Context,
            GitHub = github,
            ClusterName = _scope.Context.Names.Cluster,
            RepositoryArns = repositories,
            Services = [.. services.Services.Select(service => new DeliveredService(
                _scope.Context.Names.Service(service.Key), service.Value.ExecutionRoleArn, service.Value.TaskRoleArn,
                service.Value.ReleaseParameter))],
            Sites = [.. sites.Sites.Values.Select(site => new DeliveredSite(site.BucketArn, site.DistributionArn))],
            BucketArns = [.. data.Buckets.Values.Select(bucket => bucket.Arn)],
            Layers = layers,
        };
        var role = new DeliveryRole(_scope.Stack, "github-delivery", delivered);
        _scope.Stack.Output("github_verify_role_arn", "Role with which workflows of the repository verify what applications depend on.",
            new VerifyRole(_scope.Stack, "github-verify", delivered).Arn);
        if (repositories.Length > 0)
            _scope.Stack.Output("github_push_role_arn", "Role with which workflows of the repository push images.",
                new PushRole(_scope.Stack, "github-push", new PushRoleProps(_scope.Context, github, repositories)).Arn);
        _scope.Stack.Output("github_delivery_role_arn", "Role with which workflows of the repository deliver applications.", role.Arn);
        if (role.LocalArn is { } local)
            _scope.Stack.Output("local_delivery_role_arn", "Role with which people test the delivery of applications locally.", local);
    }
}
