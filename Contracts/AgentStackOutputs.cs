namespace Infra.Contracts;

/// <summary>Outputs of an agent's CloudFormation stack, and the endpoint that it creates.</summary>
public static class AgentStackOutputs
{
    /// <summary>Name of the endpoint that callers invoke.</summary>
    public const string Endpoint = "live";

    /// <summary>ARN of the agent runtime.</summary>
    public const string Arn = "RuntimeArn";

    /// <summary>Version that AgentCore created last.</summary>
    public const string NewestVersion = "NewestVersion";

    /// <summary>Version that <see cref="Endpoint"/> points to.</summary>
    public const string LiveVersion = "LiveVersion";

    /// <summary>Image with its digest.</summary>
    public const string Image = "Image";
}
