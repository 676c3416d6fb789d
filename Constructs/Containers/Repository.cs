using Constructs;
using HashiCorp.Cdktf.Providers.Aws.EcrLifecyclePolicy;
using HashiCorp.Cdktf.Providers.Aws.EcrRepository;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>An ECR repository: immutable tags, scan on push, a lifecycle policy that expires old images.</summary>
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
            // Cannot be changed for an existing repository.
            EncryptionConfiguration = new[]
            {
                new EcrRepositoryEncryptionConfiguration
                {
                    EncryptionType = context.KeyArn is null ? "AES256" : "KMS",
                    KmsKey = context.KeyArn,
                },
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

    /// <summary>URL for push and pull, without tag or digest.</summary>
    public string Url { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="App">Application whose images it contains.</param>
/// <param name="Config">Retention of images.</param>
internal sealed record RepositoryProps(DeploymentContext Context, string App, RepositoryConfig Config)
{
    /// <summary>Prefixes of the tags of released images, one for each application that runs images of it.</summary>
    public IReadOnlyList<string> ReleaseTagPrefixes { get; init; } = [];
}
