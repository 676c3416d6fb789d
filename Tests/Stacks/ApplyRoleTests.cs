using System.Text.RegularExpressions;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>The roles with which workflows run Terraform are enough for it, and for nothing beside it.</summary>
internal sealed class ApplyRoleTests
{
    /// <summary>Service in IAM's words by how the provider's types begin; what is not listed is of EC2.</summary>
    private static readonly (string Prefix, string Service)[] Services =
    [
        ("aws_acm_", "acm"), ("aws_appautoscaling_", "application-autoscaling"), ("aws_backup_", "backup"), ("aws_budgets_", "budgets"),
        ("aws_chatbot_", "chatbot"), ("aws_cloudformation_", "cloudformation"), ("aws_cloudfront_", "cloudfront"),
        ("aws_cloudwatch_event_", "events"), ("aws_cloudwatch_log_", "logs"), ("aws_cloudwatch_", "cloudwatch"), ("aws_cognito_", "cognito-idp"), ("aws_db_", "rds"),
        ("aws_dynamodb_", "dynamodb"), ("aws_ecr_", "ecr"), ("aws_ecs_", "ecs"), ("aws_iam_role", "iam"), ("aws_kms_", "kms"),
        ("aws_lb", "elasticloadbalancing"), ("aws_route53_", "route53"), ("aws_s3_", "s3"), ("aws_secretsmanager_", "secretsmanager"),
        ("aws_sns_", "sns"), ("aws_ssm_", "ssm"), ("aws_codebuild_", "codebuild"), ("aws_scheduler_", "scheduler"), ("aws_sqs_", "sqs"),
        ("aws_service_discovery_", "servicediscovery"), ("aws_wafv2_", "wafv2"),
    ];

    private static readonly string[] Ec2 =
    [
        "aws_default_security_group", "aws_eip", "aws_flow_log", "aws_instance", "aws_internet_gateway", "aws_nat_gateway", "aws_network_interface", "aws_route", "aws_route_table",
        "aws_route_table_association", "aws_security_group", "aws_subnet", "aws_vpc", "aws_vpc_endpoint",
        "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule",
    ];

    // Where GitHub does not deploy, a pipeline of another account does, with the same rights.
    private static IEnumerable<PolicyStatement> Of(Example example, string role)
    {
        string prefix = example.Config.GitHub is null && role == "apply" ? $"pipeline-{example.Config.Name}-deploy_" : $"infra-{example.Config.Name}-{role}_";
        PolicyStatement[] found = [.. PolicyStatement.Of(example.Bootstrap).Where(statement => statement.Id.StartsWith(prefix, StringComparison.Ordinal))];
        return found.Length > 0 ? found : throw new AssertionException($"{example.File}: no policy begins with {prefix}");
    }

    internal static string ServiceOf(string type) => Ec2.Contains(type)
        ? "ec2"
        : Services.FirstOrDefault(service => type.StartsWith(service.Prefix, StringComparison.Ordinal)).Service
            ?? throw new AssertionException($"{type}: say of which service it is");

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10"), Property("Row", "H4")]
    public void ApplyRole_MayChangeTheServicesThatTheStacksAreMadeOf_AndNoOthers(Example example)
    {
        string[] allowed = [.. Of(example, "apply").Where(statement => statement.Allows).SelectMany(statement => statement.Actions).Where(action => action.EndsWith(":*", StringComparison.Ordinal)).Distinct()];
        string[] used = [.. new[] { example.Base, example.Runtime }
            .SelectMany(stack => ((JObject)stack.Json["resource"]!).Properties()).Select(type => ServiceOf(type.Name))
            // A stack of CloudFormation is made with the caller's rights; here it holds AgentCore.
            .SelectMany(service => service == "cloudformation" ? [service, "bedrock-agentcore"] : new[] { service }).Distinct()];

        Assert.That(allowed, Is.EquivalentTo(used.Where(service => service != "iam").Select(service => $"{service}:*")));
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void ApplyRole_ReachesTheBucketsOfTheEnvironment(Example example)
    {
        IReadOnlyList<string> patterns = Of(example, "apply").Single(statement => (string?)statement.Json["Sid"] == "Buckets").Resources;
        Assert.That(patterns.Select(pattern => pattern.Split('*').Length), Is.All.LessThanOrEqualTo(2), string.Join(", ", patterns));

        Assert.That(
            example.Base.Ids("aws_s3_bucket").Select(id => $"arn:aws:s3:::{example.Base.Resource("aws_s3_bucket", id)["bucket"]}")
                .Where(bucket => !patterns.Any(pattern => pattern.Split('*') is [var start, .. var rest]
                    && (rest is [var end] ? bucket.StartsWith(start, StringComparison.Ordinal) && bucket.EndsWith(end, StringComparison.Ordinal) : bucket == start))),
            Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void ApplyRole_MayPassTheRolesThatServicesTake(Example example)
    {
        PolicyStatement passing = Of(example, "apply").Single(statement => (string?)statement.Json["Sid"] == "PassRoles");
        IEnumerable<string> taking = PolicyStatement.Of(example.Base).Where(statement => statement.IsTrust).SelectMany(statement => statement.Services).Distinct();
        IEnumerable<string?> names = example.Base.Ids("aws_iam_role").Select(id => (string?)example.Base.Resource("aws_iam_role", id)["name"]);

        Assert.Multiple(() =>
        {
            Assert.That(passing.Json["Condition"]!["StringEquals"]!["iam:PassedToService"]!.Values<string>(), Is.SupersetOf(taking));
            Assert.That(
                names.Select(name => $"arn:aws:iam::{example.Config.Account}:role/{name}"), Is.All.StartsWith(passing.Resources.Single().TrimEnd('*')));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void ApplyRole_MakesNoRoleWithoutTheBoundary(Example example)
    {
        foreach (string action in new[] { "iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary" })
        {
            PolicyStatement statement = Of(example, "apply").Single(candidate => candidate.Allows && candidate.Names(action));
            Assert.That(
                (string?)statement.Json["Condition"]!["StringEquals"]!["iam:PermissionsBoundary"],
                Is.EqualTo($"arn:aws:iam::{example.Config.Account}:policy/{example.Config.Project}-boundary"), action);
        }
        Assert.That(Of(example, "apply").Where(statement => statement.Allows && statement.Names("iam:DeleteRolePermissionsBoundary")), Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void ApplyRole_CannotLoosenItsOwnChains(Example example)
    {
        PolicyStatement deny = Of(example, "apply").Single(statement => (string?)statement.Json["Sid"] == "ChainsStay");
        string[] own = [.. example.Bootstrap.Ids("aws_iam_role").Select(id => (string)example.Bootstrap.Resource("aws_iam_role", id)["name"]!)];

        Assert.Multiple(() =>
        {
            Assert.That(deny.Allows, Is.False);
            Assert.That(deny.Actions, Is.SupersetOf(new[] { "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:CreatePolicyVersion" }));
            Assert.That(deny.Resources, Does.Contain($"arn:aws:iam::{example.Config.Account}:policy/{example.Config.Project}-boundary"));
            foreach (string name in own)
                Assert.That(
                    deny.Resources.Any(pattern => Regex.IsMatch($"arn:aws:iam::{example.Config.Account}:role/{name}", $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$")),
                    Is.True, name);
            Assert.That(deny.Resources, Does.Contain($"arn:aws:iam::{example.Config.Account}:role/{example.Environment.Names.Prefix}-infra-*"));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S15")]
    public void ApplyRole_CannotTakeTheStateAway(Example example)
    {
        PolicyStatement deny = Of(example, "apply").Single(statement => (string?)statement.Json["Sid"] == "StateStays");

        Assert.Multiple(() =>
        {
            Assert.That(deny.Allows, Is.False);
            Assert.That(deny.Actions, Is.SupersetOf(new[] { "s3:DeleteBucket", "s3:DeleteObjectVersion", "dynamodb:DeleteTable" }));
            Assert.That(deny.Resources, Is.EqualTo(new[]
            {
                $"arn:aws:s3:::{example.Config.State.Bucket}",
                $"arn:aws:s3:::{example.Config.State.Bucket}/*",
                $"arn:aws:dynamodb:{example.Config.Region}:{example.Config.Account}:table/{example.Config.State.LockTable}",
            }));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.WithGitHub)), Property("Row", "S10")]
    public void PlanRole_WritesNothingButLocks(Example example)
    {
        IEnumerable<string> written =
            from statement in Of(example, "plan")
            where statement.Allows
            from action in statement.Actions
            where !action.Contains(":Get", StringComparison.Ordinal) && !action.Contains(":List", StringComparison.Ordinal) && !action.Contains(":Describe", StringComparison.Ordinal)
            select $"{statement.Json["Sid"]} {action}";

        Assert.That(written, Is.EqualTo(new[]
        {
            "LockFile s3:DeleteObject", "LockFile s3:PutObject", "LockTable dynamodb:DeleteItem", "LockTable dynamodb:PutItem",
        }));
    }

    [TestCaseSource(typeof(Example), nameof(Example.WithGitHub)), Property("Row", "S10")]
    public void PlanRole_ReadsNoData(Example example)
    {
        PolicyStatement[] denied = [.. Of(example, "plan").Where(statement => !statement.Allows)];

        foreach (string action in new[] { "s3:GetObject", "secretsmanager:GetSecretValue", "kms:Decrypt", "dynamodb:GetItem", "dynamodb:Scan", "dynamodb:Query", "cognito-idp:ListUsers" })
            Assert.That(denied.Any(statement => statement.Names(action)), Is.True, action);
    }
}
