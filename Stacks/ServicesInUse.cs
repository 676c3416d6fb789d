using Infra.Configuration.Model;

namespace Infra.Stacks;

/// <summary>
/// Services of AWS that base and runtime of an environment are made of, in IAM's words: the role that applies them may change these and no others.
/// Tests hold it against what is synthesized, in both directions.
/// </summary>
internal static class ServicesInUse
{
    public static IReadOnlySet<string> Of(EnvironmentConfig config)
    {
        bool vpc = config.Network.Vpc != "none";
        bool services = config.Services.Count > 0;
        bool database = config.Database is not null || config.Databases.Count > 0;
        bool jobs = config.Services.Values.Any(service => service.Jobs.Count > 0);
        bool timetable = config.Services.Values.Any(service => service.Autoscaling is not null);
        var used = new Dictionary<string, bool>(StringComparer.Ordinal)
        {
            ["acm"] = config.Domain is not null,
            ["application-autoscaling"] = timetable,
            ["backup"] = config.Backup is not null,
            ["bedrock-agentcore"] = config.Agents.Count > 0,
            ["budgets"] = config.Budget is not null,
            ["chatbot"] = config.Observability.Slack is not null,
            ["cloudformation"] = config.Agents.Count > 0,
            ["cloudfront"] = config.Sites.Count > 0,
            ["cloudwatch"] = services || database || config.Schedule is not null || config.Network.Nat == "instance",
            ["codebuild"] = config.Schedule is not null,
            ["cognito-idp"] = config.Identity is not null,
            ["dynamodb"] = config.Tables.Count > 0,
            ["ec2"] = vpc,
            ["ecr"] = config.Repositories.Count > 0,
            ["ecs"] = services,
            ["elasticloadbalancing"] = config.Services.Values.Any(service => service.IsListening),
            ["events"] = jobs,
            ["kms"] = true,
            ["logs"] = vpc || services || database || config.Schedule is not null,
            ["rds"] = database,
            ["route53"] = config.Domain is not null and not { Zone: "none" },
            ["s3"] = true,
            ["scheduler"] = config.Schedule is not null || jobs,
            ["secretsmanager"] = config.Secrets.Count > 0 || database || config.Identity is not null,
            ["servicediscovery"] = config.Services.Values.Any(service => service.Calls.Count > 0),
            ["sns"] = true,
            ["sqs"] = config.Schedule is not null,
            ["ssm"] = true,
            ["wafv2"] = config.Security.Waf is not null,
        };
        return used.Where(service => service.Value).Select(service => service.Key).ToHashSet(StringComparer.Ordinal);
    }
}
