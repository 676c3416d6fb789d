using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudformationStack;
using HashiCorp.Cdktf.Providers.Aws.DataAwsSsmParameter;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Contracts;
using Newtonsoft.Json;

namespace Infra.Constructs.Agents;

/// <summary>
/// An agent on Bedrock AgentCore, with the image whose digest is in its release ledger parameter. It is not created before the first
/// release, because AgentCore does not create a runtime without an image.
/// </summary>
internal sealed class AgentRuntime : Construct
{
    /// <summary>Value of its ARN and versions before the first release.</summary>
    public const string NotThere = "none";

    private readonly string _stack;

    public AgentRuntime(Construct scope, string id, AgentRuntimeProps props) : base(scope, id)
    {
        string ledger = $"release_{props.Agent}";
        new DataAwsSsmParameter(this, "release", new DataAwsSsmParameterConfig { Name = props.Base.ReleaseParameter }).Named(ledger);
        // insecure_value, because a digest is not a secret and a plan should show it.
        string digest = $"data.aws_ssm_parameter.{ledger}.insecure_value";
        CloudformationStack stack = new CloudformationStack(this, "stack", new CloudformationStackConfig
        {
            Name = props.Context.Names.AgentStack(props.Agent),
            // CloudFormation propagates the stack's tags, which are the provider's default tags, to the resources that it creates.
            TemplateBody = AgentTemplate.Of(props, $"{props.Base.RepositoryUrl}@${{{digest}}}").ToString(Formatting.None),
        }).Named(id);
        stack.AddOverride("count", $"${{{digest} == \"{ReleaseParameter.NothingReleased}\" ? 0 : 1}}");
        _stack = $"aws_cloudformation_stack.{id}";
    }

    /// <summary>ARN of the runtime.</summary>
    public string Arn => Output(AgentStackOutputs.Arn);

    /// <summary>Version that the last change created.</summary>
    public string NewestVersion => Output(AgentStackOutputs.NewestVersion);

    /// <summary>Version that callers invoke.</summary>
    public string LiveVersion => Output(AgentStackOutputs.LiveVersion);

    private string Output(string name) => $"${{try({_stack}[0].outputs[\"{name}\"], \"{NotThere}\")}}";
}

internal sealed record AgentRuntimeProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Name of the agent in the environment file.</summary>
    public required string Agent { get; init; }

    /// <summary>Its settings from the environment file.</summary>
    public required AgentConfig Config { get; init; }

    /// <summary>Names in AWS of the environment's queues. Default: none.</summary>
    public IReadOnlyDictionary<string, string> QueueNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Its resources in the base stack.</summary>
    public required AgentBaseResources Base { get; init; }

    /// <summary>Days that its log is retained.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>Its subnets and security group; none means the public network mode of AgentCore.</summary>
    public AgentNetwork? Network { get; init; }

    /// <summary>User pool whose access tokens authorize invocations; none means IAM authorization.</summary>
    public AgentUsers? Users { get; init; }

    /// <summary>Langfuse that receives its traces; none without tracing.</summary>
    public AgentLangfuse? Langfuse { get; init; }
}

/// <summary>Subnets and security group of an agent in the VPC.</summary>
/// <param name="SubnetIds">Private subnets.</param>
/// <param name="SecurityGroupId">Security group of tasks.</param>
internal sealed record AgentNetwork(IReadOnlyList<string> SubnetIds, string SecurityGroupId);

/// <summary>User pool whose access tokens authorize invocations of an agent.</summary>
/// <param name="UserPoolId">Cognito user pool.</param>
/// <param name="ClientId">Its client.</param>
internal sealed record AgentUsers(string UserPoolId, string ClientId);

/// <summary>Langfuse connection of an agent; the agent reads the secret key itself.</summary>
/// <param name="Host">URL.</param>
/// <param name="PublicKey">Public key of the project there.</param>
internal sealed record AgentLangfuse(string Host, string PublicKey);
