using Constructs;
using HashiCorp.Cdktf.Providers.Aws.EcrLifecyclePolicy;
using HashiCorp.Cdktf.Providers.Aws.EcrRepository;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>An ECR repository: tags never move, images are scanned when they arrive, old ones go by themselves.</summary>
internal sealed class Repository : Construct
{
    public Repository(Construct scope, string id, RepositoryProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        EcrRepository repository = new EcrRepository(this, "repository", new EcrRepositoryConfig
        {
            Name = context.Names.Repository(props.App),
            ImageTagMutability = "IMMUTABLE",
            ImageScanningConfiguration = new EcrRepositoryImageScanningConfiguration { ScanOnPush = true },
            // Of a repository that is there it cannot be changed.
            EncryptionConfiguration = new[]
            {
                new EcrRepositoryEncryptionConfiguration { EncryptionType = context.KeyArn is null ? "AES256" : "KMS", KmsKey = context.KeyArn },
            },
            ForceDelete = context.Disposable,
            Lifecycle = context.PreventDestroy(),
        }).Named(id);
        Arn = repository.Arn;
        Url = repository.RepositoryUrl;

        new EcrLifecyclePolicy(this, "lifecycle", new EcrLifecyclePolicyConfig
        {
            Repository = repository.Name,
            Policy = new RepositoryLifecycle(
                props.Config.UntaggedDays, props.Config.KeepImages, props.Config.KeepReleases, props.ReleaseTagPrefixes).ToJson(),
        }).Named(id);
    }

    public string Arn { get; }

    /// <summary>Where images are pushed to and pulled from, without tag or digest.</summary>
    public string Url { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="App">App whose images it holds.</param>
/// <param name="Config">How long images stay.</param>
internal sealed record RepositoryProps(DeploymentContext Context, string App, RepositoryConfig Config)
{
    /// <summary>What tags of released images begin with, one for each application that runs images of it.</summary>
    public IReadOnlyList<string> ReleaseTagPrefixes { get; init; } = [];
}
