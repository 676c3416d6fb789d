using Infra.Configuration.Model;
using Infra.Constructs.GitHub;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.GitHub;

internal sealed class DeliveryRoleTests
{
    private static SynthesizedStack Synthesize(bool everything) =>
        SynthesizedStack.Of(stack => _ = new DeliveryRole(stack, "github-delivery", new DeliveryRoleProps
        {
            Context = SynthesizedStack.Context(),
            GitHub = new GitHubConfig { Repository = "acme/tap", Environment = "staging" },
            ClusterName = "acme-dev",
            RepositoryArns = everything ? ["arn:repository"] : [],
            Services = everything
                ? [new DeliveredService("acme-dev-backend", "arn:execution", "arn:task", "/dev/acme/releases/backend")]
                : [],
            Sites = [new DeliveredSite("arn:aws:s3:::acme-spa", "arn:distribution")],
        }));

    private static JArray Statements(bool everything = true) =>
        (JArray)SynthesizedStack.Policy(Synthesize(everything).Single("aws_iam_role_policy")["policy"])["Statement"]!;

    [Test, Property("Row", "T7"), Property("Row", "D3"), Property("Row", "S10")]
    public void Role_PushesDeploysUploadsAndInvalidates_AndNothingElse()
    {
        var expected = JArray.Parse("""
            [
              { "Sid": "Login", "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" },
              {
                "Sid": "Push", "Effect": "Allow", "Resource": "arn:repository",
                "Action": [
                  "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
                  "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"
                ]
              },
              {
                "Sid": "Service", "Effect": "Allow", "Action": ["ecs:DescribeServices", "ecs:UpdateService"],
                "Resource": "arn:aws:ecs:us-east-2:111111111111:service/acme-dev/acme-dev-backend"
              },
              {
                "Sid": "TaskDefinitions", "Effect": "Allow", "Action": "ecs:RegisterTaskDefinition",
                "Resource": "arn:aws:ecs:us-east-2:111111111111:task-definition/acme-dev-backend:*"
              },
              { "Sid": "DescribeTaskDefinitions", "Effect": "Allow", "Action": "ecs:DescribeTaskDefinition", "Resource": "*" },
              {
                "Sid": "PassRoles", "Effect": "Allow", "Action": "iam:PassRole", "Resource": ["arn:execution", "arn:task"],
                "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }
              },
              {
                "Sid": "Release", "Effect": "Allow", "Action": ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"],
                "Resource": "arn:aws:ssm:us-east-2:111111111111:parameter/dev/acme/releases/backend"
              },
              { "Sid": "SiteList", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-spa" },
              {
                "Sid": "Site", "Effect": "Allow", "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Resource": "arn:aws:s3:::acme-spa/*"
              },
              {
                "Sid": "Invalidate", "Effect": "Allow", "Action": ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
                "Resource": "arn:distribution"
              },
              {
                "Sid": "Discovery", "Effect": "Allow", "Action": "ssm:GetParameter",
                "Resource": "arn:aws:ssm:us-east-2:111111111111:parameter/dev/acme/discovery/*"
              }
            ]
            """);

        Assert.That(Statements(), Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }

    [Test, Property("Row", "S10")]
    public void MissingResources_AreNotAllowed() =>
        Assert.That(Statements(everything: false).Select(statement => (string?)statement["Sid"]),
            Is.EqualTo(new[] { "SiteList", "Site", "Invalidate", "Discovery" }));

    [Test, Property("Row", "T7"), Property("Row", "H1"), Property("Finding", "B4")]
    public void Trust_IsOnlyForTheEnvironment()
    {
        JObject role = Synthesize(everything: true).Single("aws_iam_role");
        JToken condition = SynthesizedStack.Policy(role["assume_role_policy"])["Statement"]!.Single()["Condition"]!;

        Assert.Multiple(() =>
        {
            Assert.That(((JObject)condition).Properties().Select(property => property.Name), Is.EqualTo(new[] { "StringEquals" }),
                "matched exactly");
            Assert.That(
                (string?)condition["StringEquals"]!["token.actions.githubusercontent.com:sub"],
                Is.EqualTo("repo:acme/tap:environment:staging"));
            Assert.That((string?)condition["StringEquals"]!["token.actions.githubusercontent.com:ref"], Is.EqualTo("refs/heads/main"));
            Assert.That((string?)role["permissions_boundary"], Is.EqualTo("arn:aws:iam::111111111111:policy/acme-boundary"));
            Assert.That((int?)role["max_session_duration"], Is.EqualTo(3600));
        });
    }
}
