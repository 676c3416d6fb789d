using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// An agent on Bedrock AgentCore: an arm64 container that is charged by use. AgentCore keeps every version of it; callers invoke the
/// endpoint
/// <c>live</c>.
/// </summary>
public sealed record AgentConfig : IVariables
{
    [Description("Protocol of the container: HTTP on port 8080, MCP on 8000, A2A on 9000, as AgentCore requires.")]
    [AllowedValues("HTTP", "MCP", "A2A")]
    public string Protocol { get; init; } = "HTTP";

    [Description("public: AgentCore's public network mode, with internet access; vpc: private subnets, with the tasks' security group.")]
    public AgentNetworkMode Network { get; init; } = AgentNetworkMode.Public;

    [Description(
        "How invocations are authorized: with an access token of the user pool's client (cognito), or by IAM (iam). Default: cognito if "
            + "the environment has identity.")]
    public AgentAuthorizer? Authorizer { get; init; }

    [Description("ECR repository of its image. Default: the repository with the agent's name.")]
    public string? Repository { get; init; }

    [Description(
        "Version that the endpoint live points to, for example to roll back a configuration without a new image. Default: the newest.")]
    [Range(1, 99999)]
    public int? LiveVersion { get; init; }

    [Description(
        "Whether it sends traces to Langfuse: it gets LANGFUSE_HOST, LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY_NAME, and may read "
            + "that secret. Requires the parameters langfuse/host and langfuse/public-key and the secret langfuse/secret-key.")]
    public bool Langfuse { get; init; }

    [Description("Environment variables with plain-text values. Secrets do not belong here.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description(
        "Parameters it may read: environment variable to name in parameters. AgentCore does not resolve them: the variable contains the "
            + "parameter's full name.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description(
        "Secrets it may read: environment variable to name in secrets. AgentCore does not resolve them: the variable contains the "
            + "secret's full name.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    [Description("Resources that it uses; the permissions of its role are derived from it.")]
    public UsesConfig Uses { get; init; } = new();

    /// <summary>
    /// Processor architecture of its image; the only one that AgentCore supports.
    /// https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-get-started-toolkit.html
    /// </summary>
    public const CpuArchitecture Architecture = CpuArchitecture.Arm64;
}

/// <summary>Names of Langfuse's parameters, secret and variables in an environment.</summary>
public static class LangfuseNames
{
    public const string Host = "langfuse/host";
    public const string PublicKey = "langfuse/public-key";
    public const string SecretKey = "langfuse/secret-key";

    public const string HostVariable = "LANGFUSE_HOST";
    public const string PublicKeyVariable = "LANGFUSE_PUBLIC_KEY";
    public const string SecretKeyVariable = "LANGFUSE_SECRET_KEY_NAME";

    public static readonly IReadOnlyList<string> Variables = [HostVariable, PublicKeyVariable, SecretKeyVariable];
}

/// <summary>Network of an agent.</summary>
public enum AgentNetworkMode { Public, Vpc }

/// <summary>Who authorizes the invocations of an agent.</summary>
public enum AgentAuthorizer { Cognito, Iam }
