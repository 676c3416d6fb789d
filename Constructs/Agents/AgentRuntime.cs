using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudformationStack;
using HashiCorp.Cdktf.Providers.Aws.DataAwsSsmParameter;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Contracts;
using Newtonsoft.Json;

namespace Infra.Constructs.Agents;

/// <summary>
/// An agent on Bedrock AgentCore, with the image whose digest stands in its release ledger. Before the first release there is none:
/// AgentCore makes no runtime without an image.
/// </summary>
internal sealed class AgentRuntime : Construct
{
    /// <summary>What its ARN and versions say before the first release.</summary>
    public const string NotThere = "none";

    private readonly string _stack;

    public AgentRuntime(Construct scope, string id, AgentRuntimeProps props) : base(scope, id)
    {
        string ledger = $"release_{props.Agent}";
        new DataAwsSsmParameter(this, "release", new DataAwsSsmParameterConfig { Name = props.Base.ReleaseParameter }).Named(ledger);
        // insecure_value, because a digest is no secret and a plan should show it.
        string digest = $"data.aws_ssm_parameter.{ledger}.insecure_value";
        CloudformationStack stack = new CloudformationStack(this, "stack", new CloudformationStackConfig
        {
            Name = props.Context.Names.AgentStack(props.Agent),
            // CloudFormation gives the stack's tags, which are the provider's default ones, to what it makes.
            TemplateBody = AgentTemplate.Of(props, $"{props.Base.RepositoryUrl}@${{{digest}}}").ToString(Formatting.None),
        }).Named(id);
        stack.AddOverride("count", $"${{{digest} == \"{ReleaseParameter.NothingReleased}\" ? 0 : 1}}");
        _stack = $"aws_cloudformation_stack.{id}";
    }

    /// <summary>ARN of the runtime.</summary>
    public string Arn => Output(AgentStackOutputs.Arn);

    /// <summary>Number of the version that the last change made.</summary>
    public string NewestVersion => Output(AgentStackOutputs.NewestVersion);

    /// <summary>Number of the version that callers get.</summary>
    public string LiveVersion => Output(AgentStackOutputs.LiveVersion);

    private string Output(string name) => $"${{try({_stack}[0].outputs[\"{name}\"], \"{NotThere}\")}}";
}

/// <param name="Context">The deployment.</param>
/// <param name="Agent">Name of the agent in the environment file.</param>
/// <param name="Config">What the environment file says of it.</param>
/// <param name="Base">Its part of the base stack.</param>
/// <param name="LogRetentionDays">Days that its log is kept.</param>
internal sealed record AgentRuntimeProps(DeploymentContext Context, string Agent, AgentConfig Config, AgentBaseResources Base, int LogRetentionDays)
{
    /// <summary>Where it stands; none means AWS's own network.</summary>
    public AgentNetwork? Network { get; init; }

    /// <summary>Whose access tokens invoke it; none means that IAM decides.</summary>
    public AgentUsers? Users { get; init; }

    /// <summary>Langfuse that traces it; none where nothing does.</summary>
    public AgentLangfuse? Langfuse { get; init; }
}

/// <summary>Where an agent in the VPC stands.</summary>
/// <param name="SubnetIds">Private subnets.</param>
/// <param name="SecurityGroupId">Security group of tasks.</param>
internal sealed record AgentNetwork(IReadOnlyList<string> SubnetIds, string SecurityGroupId);

/// <summary>Whose access tokens invoke an agent.</summary>
/// <param name="UserPoolId">Cognito user pool.</param>
/// <param name="ClientId">Its client.</param>
internal sealed record AgentUsers(string UserPoolId, string ClientId);

/// <summary>Langfuse as an agent reaches it; the secret key is read by the agent itself.</summary>
/// <param name="Host">URL.</param>
/// <param name="PublicKey">Public key of the project there.</param>
internal sealed record AgentLangfuse(string Host, string PublicKey);
