using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.GitHub;
using Infra.Constructs.Layers;
using Infra.Constructs.Secrets;
using Infra.Constructs.Sites;
using Infra.Constructs.Storage;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <content>Resources for delivering applications: the role of their workflows, and the code bucket and ledger of layers.</content>
internal sealed partial class BaseStack
{
    /// <summary>Code bucket of layers and ledger entries with the version to use; Terraform does not manage the versions.</summary>
    private DeliveredLayers Layers(LogBucket accessLogs)
    {
        BucketOutputs code = new CodeBucket(this, "code", new CodeBucketProps(Context, _config.Naming.ExistingCodeBucket, accessLogs)).Outputs;
        Output("code_bucket", "Bucket that layers are published from.", code.Name);
        IReadOnlyDictionary<string, ParameterOutputs> ledger = Each(_config.Layers, (name, _) =>
            new ReleaseLedgerEntry(this, $"layer-{name}", new ReleaseLedgerEntryProps(
                Context, Context.Names.LayerRelease(name), $"Version of the layer {Context.Names.Layer(name)} to use")).Outputs);
        foreach ((string name, ParameterOutputs parameter) in ledger)
            Output($"layer_{name.Replace('-', '_')}_parameter", $"Parameter with the ARN of the version of {name} to use.", parameter.Name);
        return new DeliveredLayers(
            [.. ledger.Keys.Select(Context.Names.Layer)],
            code.Arn,
            [.. ledger.Values.Select(parameter => parameter.Name)],
            Context.Arn("dynamodb", $"table/{_config.State.LockTableOf(Context.Names)}"),
            Context.Names.LayerLock);
    }

    private void Delivery(
        GitHubConfig github,
        IReadOnlyDictionary<string, Repository> repositories,
        IReadOnlyDictionary<string, ServiceBaseResources> services,
        IReadOnlyDictionary<string, StaticSiteOutputs> sites,
        IReadOnlyDictionary<string, BucketOutputs> buckets,
        DeliveredLayers? layers)
    {
        var role = new DeliveryRole(this, "github-delivery", new DeliveryRoleProps(
            Context,
            github,
            Context.Names.Cluster,
            [.. repositories.Values.Select(repository => repository.Arn)],
            [.. services.Select(service => new DeliveredService(
                Context.Names.For(NameRule.Ecs, service.Key), service.Value.ExecutionRoleArn, service.Value.TaskRoleArn, service.Value.ReleaseParameter))],
            [.. sites.Values.Select(site => new DeliveredSite(site.BucketArn, site.DistributionArn))])
        {
            BucketArns = [.. buckets.Values.Select(bucket => bucket.Arn)],
            Layers = layers,
        });
        if (repositories.Count > 0)
            Output("github_push_role_arn", "Role with which workflows of the repository push images.", new PushRole(this, "github-push", new PushRoleProps(
                Context, github, [.. repositories.Values.Select(repository => repository.Arn)])).Arn);
        Output("github_delivery_role_arn", "Role with which workflows of the repository deliver applications.", role.Arn);
    }
}
