using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ServiceRolesTests
{
    private static readonly Lazy<SynthesizedStack> Stack = new(() => Synthesize(["arn:jwt"], ["arn:features"], new UsesConfig { Secrets = ["jwt"] }));

    private static SynthesizedStack Synthesize(string[] secrets, string[] parameters, UsesConfig uses) => SynthesizedStack.Of(stack => _ =
        new ServiceRoles(stack, "roles-backend", new ServiceRolesProps(
            SynthesizedStack.Context(),
            "backend",
            new ServiceConfig { Port = 8000, Uses = uses },
            "arn:repository",
            "arn:logs",
            secrets,
            parameters,
            new GrantableArns(new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string> { ["jwt"] = "arn:jwt" }))));

    [Test, Property("Row", "T7"), Property("Row", "D4"), Property("Row", "D3"), Property("Row", "S10")]
    public void ExecutionRole_PullsReadsItsSecretsAndWritesLogs()
    {
        JObject policy = SynthesizedStack.Policy(Stack.Value.Resource("aws_iam_role_policy", "backend-execution_start")["policy"]);
        var expected = JArray.Parse("""
            [
              { "Sid": "Login", "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" },
              {
                "Sid": "Pull", "Effect": "Allow", "Resource": "arn:repository",
                "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
              },
              { "Sid": "Logs", "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "arn:logs:*" },
              { "Sid": "Secrets", "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:jwt" },
              { "Sid": "Parameters", "Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "arn:features" }
            ]
            """);

        Assert.That(policy["Statement"], Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }

    [Test, Property("Row", "S10")]
    public void WithoutSecretsAndParameters_NothingAllowsThem()
    {
        SynthesizedStack stack = Synthesize([], [], new UsesConfig());

        Assert.Multiple(() =>
        {
            Assert.That(
                SynthesizedStack.Policy(stack.Single("aws_iam_role_policy")["policy"])["Statement"]!.Select(statement => (string?)statement["Sid"]),
                Is.EqualTo(new[] { "Login", "Pull", "Logs" }));
            Assert.That(stack.Ids("aws_iam_role"), Is.EqualTo(new[] { "backend-execution", "backend-task" }), "a task that uses nothing has a role without rights");
        });
    }

    [TestCase("backend-execution"), TestCase("backend-task")]
    [Property("Row", "T7"), Property("Row", "S10")]
    public void Role_IsTakenByTasksOfThisAccountAlone(string id)
    {
        JToken trust = SynthesizedStack.Policy(Stack.Value.Resource("aws_iam_role", id)["assume_role_policy"])["Statement"]!.Single();
        var expected = JObject.Parse("""
            {
              "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole",
              "Condition": {
                "StringEquals": { "aws:SourceAccount": "111111111111" },
                "ArnLike": { "aws:SourceArn": "arn:aws:ecs:us-east-2:111111111111:*" }
              }
            }
            """);

        Assert.That(trust, Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }
}
