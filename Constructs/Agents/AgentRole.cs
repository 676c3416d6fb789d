using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Agents;

/// <summary>
/// The role that AgentCore assumes to run an agent: it pulls the image, writes logs, traces and metrics, gets workload access tokens, and
/// accesses what the environment file lists under <c>uses</c>.
/// https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
/// </summary>
internal sealed class AgentRole : Construct
{
    private const string Service = "bedrock-agentcore.amazonaws.com";

    // The log group of a runtime is named after its id, which AgentCore generates.
    private const string LogGroups = "log-group:/aws/bedrock-agentcore/runtimes/*";

    public AgentRole(Construct scope, string id, AgentRoleProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        Arn = new Role(this, id, new RoleProps(context, id, Trust.Service(context, Service, context.Arn("bedrock-agentcore", "*")))
        {
            Description = $"What agent {props.Agent} itself may do.",
            Policies = new Dictionary<string, PolicyDocument>
            {
                ["run"] = new(Running(props)),
                ["uses"] = new(Using(props)),
            }.Where(policy => policy.Value.Statements.Count > 0).ToDictionary(),
        }).Outputs.Arn;
    }

    public string Arn { get; }

    private static IEnumerable<Statement> Running(AgentRoleProps props)
    {
        DeploymentContext context = props.Context;
        yield return Allow.RegistryLogin;
        yield return new Statement
        {
            Sid = "Pull",
            Actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resources = [props.RepositoryArn],
        };
        // Does not support resource-level permissions, although AWS's example of such a role names log groups.
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
        yield return new Statement { Sid = "LogGroups", Actions = ["logs:DescribeLogGroups"], Resources = ["*"] };
        yield return new Statement
        {
            Sid = "Logs",
            Actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resources = [context.Arn("logs", LogGroups)],
        };
        // X-Ray and metrics actions do not support resource-level permissions.
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
        yield return new Statement
        {
            Sid = "Traces",
            Actions = ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
            Resources = ["*"],
        };
        yield return new Statement
        {
            Sid = "Metrics",
            Actions = ["cloudwatch:PutMetricData"],
            Resources = ["*"],
            Conditions = [new Condition("StringEquals", "cloudwatch:namespace", "bedrock-agentcore")],
        };
        string directory = context.Arn("bedrock-agentcore", "workload-identity-directory/default");
        yield return new Statement
        {
            Sid = "Identity",
            Actions =
            [
                "bedrock-agentcore:GetWorkloadAccessToken",
                "bedrock-agentcore:GetWorkloadAccessTokenForJWT",
                "bedrock-agentcore:GetWorkloadAccessTokenForUserId",
            ],
            Resources = [directory, $"{directory}/workload-identity/{context.Names.For(NameRule.AgentRuntime, props.Agent)}-*"],
        };
    }

    private static List<Statement> Using(AgentRoleProps props)
    {
        DeploymentContext context = props.Context;
        AgentConfig config = props.Config;
        // The agent reads at runtime the secrets that ECS would inject into a task at start.
        string[] secrets =
            [.. config.Uses.Secrets.Concat(config.Secrets.Values).Concat(config.Langfuse ? [LangfuseNames.SecretKey] : []).Distinct()];
        string[] parameters =
            [.. config.Parameters.Values.Distinct().Order(StringComparer.Ordinal)
                .Select(name => context.Arn("ssm", $"parameter{context.Names.Parameter(name)}"))];
        List<Statement> statements = [.. TaskPermissions.Of(context, config.Uses with { Secrets = secrets }, props.Grants)];
        if (parameters.Length > 0)
        {
            statements.Add(
                new Statement { Sid = "Parameters", Actions = ["ssm:GetParameter", "ssm:GetParameters"], Resources = parameters });
            statements.AddRange(KeyPermissions.Read(context, "ssm").Select(statement => statement with { Sid = "ReadParameters" }));
        }
        return statements;
    }
}

internal sealed record AgentRoleProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Name of the agent in the environment file.</summary>
    public required string Agent { get; init; }

    /// <summary>What it uses.</summary>
    public required AgentConfig Config { get; init; }

    /// <summary>Repository of its image.</summary>
    public required string RepositoryArn { get; init; }

    /// <summary>ARNs of the resources that it can name.</summary>
    public required GrantableArns Grants { get; init; }
}
