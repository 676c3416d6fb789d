using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>The roles with which workflows run Terraform have the permissions that it needs, and no others.</summary>
internal sealed class ApplyRoleTests
{
    // If GitHub does not deploy, a pipeline of another account does, with the same permissions.
    private static IEnumerable<PolicyStatement> Of(Example example, string role)
    {
        string prefix = example.Config.GitHub is null && role == "apply"
            ? $"pipeline-{example.Config.Name}-deploy_"
            : $"infra-{example.Config.Name}-{role}_";
        PolicyStatement[] found =
            [.. PolicyStatement.Of(example.Bootstrap).Where(statement => statement.Id.StartsWith(prefix, StringComparison.Ordinal))];
        return found.Length > 0 ? found : throw new AssertionException($"{example.File}: no policy begins with {prefix}");
    }

    private static IamEvaluator Evaluator(Example example) =>
        new(RolePolicies.Of(example.Bootstrap, ApplyPermissionsTests.RoleOf(example)));

    /// <summary>One action that changes a resource of a type, for services that only some examples have.</summary>
    private static readonly (string Type, string Action)[] Told =
    [
        ("aws_backup_vault", "backup:CreateBackupVault"), ("aws_cloudfront_distribution", "cloudfront:CreateDistribution"),
        ("aws_cognito_user_pool", "cognito-idp:CreateUserPool"),
        ("aws_db_instance", "rds:CreateDBInstance"), ("aws_dynamodb_table", "dynamodb:CreateTable"),
        ("aws_ecs_service", "ecs:CreateService"), ("aws_lb", "elasticloadbalancing:CreateLoadBalancer"),
        ("aws_route53_zone", "route53:CreateHostedZone"), ("aws_scheduler_schedule", "scheduler:CreateSchedule"),
        ("aws_sqs_queue", "sqs:CreateQueue"), ("aws_vpc", "ec2:CreateVpc"),
        ("aws_wafv2_web_acl", "wafv2:CreateWebACL"), ("aws_codebuild_project", "codebuild:CreateProject"),
        ("aws_cloudformation_stack", "cloudformation:CreateStack"),
    ];

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10"), Property("Row", "H4"), Property("Finding", "B18")]
    public void ApplyRole_MayChangeTheTypesThatTheStacksAreMadeOf_AndNoOthers(Example example)
    {
        string[] allowed =
            [.. RolePolicies.Of(example.Bootstrap, ApplyPermissionsTests.RoleOf(example))
                .Where(statement => (string?)statement["Effect"] == "Allow")
            .SelectMany(statement => statement["Action"] is JArray many ? many.Values<string>() : [(string?)statement["Action"]])
                .OfType<string>()];
        HashSet<string> types =
            [.. new[] { example.Base, example.Runtime }.SelectMany(stack => ((JObject)stack.Json["resource"]!).Properties())
                .Select(type => type.Name)];

        Assert.Multiple(() =>
        {
            foreach ((string type, string action) in Told)
                Assert.That(allowed.Contains(action), Is.EqualTo(types.Contains(type)), action);
            Assert.That(allowed.Where(action => action.EndsWith(":*", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void ApplyRole_ReachesTheBucketsOfTheEnvironment(Example example)
    {
        IamEvaluator apply = Evaluator(example);

        Assert.That(
            example.Base.Ids("aws_s3_bucket").Select(id => $"arn:aws:s3:::{example.Base.Resource("aws_s3_bucket", id)["bucket"]}")
                .Where(bucket => !apply.Allows("s3:CreateBucket", bucket)
                    || !apply.Allows("s3:PutBucketPolicy", bucket)
                    || !apply.Allows("s3:DeleteBucket", bucket)),
            Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void ApplyRole_MayPassTheRolesThatServicesAssume(Example example)
    {
        PolicyStatement? passing = Of(example, "apply").SingleOrDefault(statement => (string?)statement.Json["Sid"] == "PassRoles");
        string[] taking =
            [.. PolicyStatement.Of(example.Base)
                .Where(statement => statement.IsTrust)
                .SelectMany(statement => statement.Services)
                .Distinct()];
        if (passing is null)
        {
            Assert.That(taking, Is.Empty, "nobody takes a role");
            return;
        }
        IEnumerable<string?> names = example.Base.Ids("aws_iam_role")
            .Select(id => (string?)example.Base.Resource("aws_iam_role", id)["name"]);

        Assert.Multiple(() =>
        {
            Assert.That(
                passing.Json["Condition"]!["StringEquals"]!["iam:PassedToService"] is JArray many
                    ? many.Values<string>()
                    : [(string?)passing.Json["Condition"]!["StringEquals"]!["iam:PassedToService"]],
                Is.SupersetOf(taking));
            Assert.That(
                names.Select(name => $"arn:aws:iam::{example.Config.Account}:role/{name}"),
                Is.All.StartsWith(passing.Resources.Single().TrimEnd('*')));
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S10")]
    public void ApplyRole_CreatesNoRoleWithoutTheBoundary(Example example)
    {
        foreach (string action in new[] { "iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary" })
        {
            PolicyStatement statement = Of(example, "apply").Single(candidate => candidate.Allows && candidate.Names(action));
            Assert.That(
                (string?)statement.Json["Condition"]!["StringEquals"]!["iam:PermissionsBoundary"],
                Is.EqualTo($"arn:aws:iam::{example.Config.Account}:policy/{example.Config.Project}-boundary"), action);
        }
        Assert.That(
            Of(example, "apply").Where(statement => statement.Allows && statement.Names("iam:DeleteRolePermissionsBoundary")), Is.Empty);
    }
}
