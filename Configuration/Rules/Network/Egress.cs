using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Network;

/// <summary>
/// What tasks in private subnets reach without NAT: AWS services with a VPC endpoint. S3 and DynamoDB always have one, others if they are
/// listed.
/// </summary>
internal static class Egress
{
    [Rule("network/endpoints", "Without NAT, network.endpoints has every AWS service that the environment's services call.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Network.Nat != NatMode.None)
            yield break;
        string[] missing =
        [
            .. from service in config.Services.OrderBy(s => s.Key, StringComparer.Ordinal)
               from need in Needs(config, service.Value)
               where !config.Network.Endpoints.Contains(need.Endpoint)
               group service.Key by need into services
               orderby services.Key.Endpoint
               select $"{services.Key.Endpoint} ({services.Key.For} of {string.Join(", ", services)})",
        ];
        if (missing.Length > 0)
            yield return new RuleViolation(
                "network.endpoints",
                $"lacks endpoints that services need without NAT: {string.Join("; ", missing)}; add them, or set network.nat to single",
                "services", "network.nat");
    }

    [Rule("network/placeholder-image",
        "Without NAT, a service has an image of its own before runtime is deployed: the placeholder is public.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (config.Network.Nat == NatMode.None && config.Services.Count > 0)
            yield return new RuleViolation("network.nat",
                "without NAT a service cannot pull the public placeholder image: release its own image before runtime is deployed");
    }

    private static IEnumerable<(string Endpoint, string For)> Needs(EnvironmentConfig config, ServiceConfig service)
    {
        yield return ("ecr.api", "images");
        yield return ("ecr.dkr", "images");
        yield return ("logs", "logs");
        if (service.Secrets.Count > 0 || service.Uses.Secrets.Count > 0)
            yield return ("secretsmanager", "secrets");
        if (service.Parameters.Count > 0)
            yield return ("ssm", "parameters");
        if (service.Exec)
            yield return ("ssmmessages", "exec");
        if (service.Uses.Queues.Count > 0)
            yield return ("sqs", "queues");
        if (service.Uses.Models.Count > 0)
            yield return ("bedrock-runtime", "models");
        if (service.Uses.Agents.Count > 0)
            yield return ("bedrock-agentcore", "agents");
        if (config.Observability.Traces is not null)
            yield return ("xray", "traces");
    }
}
