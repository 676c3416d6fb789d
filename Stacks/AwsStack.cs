using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.Provider;
using Infra.Constructs.Foundation;
using Infra.Contracts;

namespace Infra.Stacks;

/// <summary>Base class of all stacks: the AWS provider for one account, default tags, and the state backend.</summary>
internal abstract class AwsStack : TerraformStack
{
    /// <summary>Region of global resources: CloudFront's certificates.</summary>
    private const string GlobalRegion = "us-east-1";

    private readonly Deployment _deployment;
    private readonly Dictionary<string, AwsProvider> _elsewhere = new(StringComparer.Ordinal);

    protected AwsStack(Construct scope, string id, Deployment deployment, string stateKey) : base(scope, id)
    {
        _deployment = deployment;
        Context = deployment.Context;
        StateBackend.AddTo(this, deployment, stateKey);
        Provider(alias: null, Context.Region);
    }

    /// <summary>The deployment, without the key of the environment, which is a resource of base.</summary>
    protected DeploymentContext Context { get; }

    /// <summary>Provider of us-east-1; none where the environment is in us-east-1.</summary>
    public AwsProvider? Global => Elsewhere(GlobalRegion);

    /// <summary>Provider of a Region; none where it is the environment's Region, or none is given.</summary>
    public AwsProvider? Elsewhere(string? region)
    {
        if (region is null || region == Context.Region) return null;
        if (!_elsewhere.TryGetValue(region, out AwsProvider? provider))
            _elsewhere[region] = provider = Provider(region == GlobalRegion ? "global" : region, region);
        return provider;
    }

    /// <summary>An output with a description; its name is its logical id.</summary>
    public void Output(string name, string description, object value) =>
        new TerraformOutput(this, name, new TerraformOutputConfig { Description = description, Value = value });

    private AwsProvider Provider(string? alias, string region)
    {
        EmulatorProfile? emulator = _deployment.Emulator;
        return new AwsProvider(this, alias ?? "aws", new AwsProviderConfig
        {
            Alias = alias,
            Region = region,
            AllowedAccountIds = [Context.Account],
            DefaultTags = new[] { new AwsProviderDefaultTags { Tags = new Dictionary<string, string>(_deployment.Tags) } },
            Profile = emulator?.Name,
            SharedConfigFiles = emulator is null ? null : [emulator.ConfigFile],
            SharedCredentialsFiles = emulator is null ? null : [emulator.CredentialsFile],
            S3UsePathStyle = emulator is null ? null : true,
            SkipMetadataApiCheck = emulator is null ? null : "true",
        });
    }
}
