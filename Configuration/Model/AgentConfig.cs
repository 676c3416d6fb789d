using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// An agent on Bedrock AgentCore: a container for arm64 that is paid by use and takes one session at a time. AgentCore keeps each
/// version of it; callers ask for the endpoint <c>live</c>.
/// </summary>
public sealed record AgentConfig : IVariables
{
    [Description("What the container speaks: HTTP on port 8080, MCP on 8000, A2A on 9000, as AgentCore wants it.")]
    [AllowedValues("HTTP", "MCP", "A2A")]
    public string Protocol { get; init; } = "HTTP";

    [Description("public: AWS's network, with the internet; vpc: private subnets, with the tasks' security group.")]
    [AllowedValues("public", Vpc)]
    public string Network { get; init; } = "public";

    [Description("Who may invoke it: whoever has an access token of the user pool's client (cognito), or whoever IAM lets (iam). Default: cognito where the environment has identity.")]
    [AllowedValues(Cognito, "iam")]
    public string? Authorizer { get; init; }

    [Description("ECR repository of its image. Default: one of the agent's name.")]
    public string? Repository { get; init; }

    [Description("Version that the endpoint live leads to, to go back without an image, a configuration for example. Default: the newest.")]
    [Range(1, 99999)]
    public int? LiveVersion { get; init; }

    [Description("Whether it is traced by Langfuse: it has LANGFUSE_HOST, LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY_NAME, and may read that secret. Needs the parameters langfuse/host and langfuse/public-key and the secret langfuse/secret-key.")]
    public bool Langfuse { get; init; }

    [Description("Environment variables with plain values. Secrets do not belong here.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Parameters it may read, environment variable to name in parameters. AgentCore puts no values there: the variable has the parameter's whole name.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description("Secrets it may read, environment variable to name in secrets. AgentCore puts no values there: the variable has the secret's whole name.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    [Description("What it reads and writes; its role follows from it.")]
    public UsesConfig Uses { get; init; } = new();

    public const string Vpc = "vpc";

    public const string Cognito = "cognito";

    /// <summary>Processor architecture of its image; AgentCore has no other. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-get-started-toolkit.html</summary>
    public const string Architecture = "arm64";
}

/// <summary>What Langfuse's part of an environment is called, below the environment's parameters and secrets.</summary>
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
