using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.S3Bucket;
using Infra.Configuration;
using Infra.Constructs.Extensions;
using Infra.Constructs.Permissions;
using Infra.Constructs.Secrets;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>
/// Resource types of the environments of an account, read from their stacks, so that no list has to be maintained: the roles that deploy
/// automatically get permissions for what this program adds. Other environments than the synthesized one are built for this, and not
/// written.
/// </summary>
internal sealed class StackResources(SynthesisRequest request)
{
    private readonly Dictionary<string, ResourcesInUse> _known = new(StringComparer.Ordinal);

    /// <summary>Adds the stacks of the environment that is synthesized.</summary>
    public void Add(Deployment deployment, TerraformStack @base, TerraformStack? runtime = null) =>
        _known[deployment.Config.Name] = Of(deployment, @base, runtime);

    /// <summary>Resources in use of an environment of the account.</summary>
    public ResourcesInUse Of(LoadedEnvironment environment)
    {
        string name = environment.Config.Name;
        if (!_known.TryGetValue(name, out ResourcesInUse? used))
            _known[name] = used = Build(Deployment.Of(request with { Environment = environment }));
        return used;
    }

    /// <summary>Resources in use of these stacks.</summary>
    public static ResourcesInUse Of(Deployment deployment, TerraformStack @base, TerraformStack? runtime)
    {
        IConstruct[] constructs = @base.Node.FindAll();
        return new ResourcesInUse(TypesOf(constructs), runtime is null ? new HashSet<string>() : TypesOf(runtime.Node.FindAll()))
        {
            Domain = deployment.Config.Domain?.Name,
            OfExtensions = ExtensionRegistry.Permissions,
            Emptied = deployment.Context.Disposable ? [.. constructs.OfType<S3Bucket>().Select(bucket =>
                bucket.BucketInput!).Order(StringComparer.Ordinal)] : [],
        };
    }

    private static HashSet<string> TypesOf(IConstruct[] constructs) =>
    [
        .. constructs.OfType<TerraformResource>().Select(resource => resource.TerraformResourceType),
        .. constructs.OfType<TerraformDataSource>().Select(source => $"data.{source.TerraformResourceType}"),
        .. constructs.OfType<EphemeralRandom>().Select(_ => EphemeralRandom.BlockType),
    ];

    private ResourcesInUse Build(Deployment deployment)
    {
        var app = new App(new AppConfig { Outdir = request.OutDir });
        if (deployment.Config.Pipeline is not null)
            return Of(deployment, new PipelineStack(app, deployment), runtime: null);
        var @base = new BaseStack(app, deployment);
        return Of(deployment, @base, new RuntimeStack(app, deployment, @base.Published));
    }
}
