using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class ServiceRolesTests
{
    private const string FeaturesArn = "arn:aws:ssm:us-east-2:111111111111:parameter/dev/acme/features";

    private static readonly ServiceConfig Config = new()
    {
        Port = 8000,
        Secrets = new Dictionary<string, string> { ["KEY"] = "jwt" },
        Parameters = new Dictionary<string, string> { ["FEATURES"] = "features" },
        Uses = new UsesConfig { Secrets = ["jwt"] },
    };

    private static readonly Lazy<SynthesizedStack> Stack = new(() => Synthesize(Config));

    private static SynthesizedStack Synthesize(ServiceConfig config) => SynthesizedStack.Of(stack => _ =
        new ServiceRoles(stack, "roles-backend", new ServiceRolesProps
        {
            Context = SynthesizedStack.Context(),
            Service = "backend",
            Config = config,
            RepositoryArn = "arn:repository",
            LogGroupArn = "arn:logs",
            Grants = new GrantableArns(new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>(),
                new Dictionary<string, string>
                {
                    ["jwt"] = "arn:jwt",
                    ["database-master"] = "arn:master",
                    ["agent-key"] = "arn:agent",
                }),
        }));

    private static JObject Policy(SynthesizedStack stack, string id) =>
        SynthesizedStack.Policy(stack.Resource("aws_iam_role_policy", id)["policy"]);

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
              { "Sid": "Parameters", "Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "%FEATURES%" }
            ]
            """.Replace("%FEATURES%", FeaturesArn, StringComparison.Ordinal));

        Assert.That(policy["Statement"], Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }

    [Test, Property("Row", "S10")]
    public void WithoutSecretsAndParameters_NothingAllowsThem()
    {
        SynthesizedStack stack = Synthesize(new ServiceConfig { Port = 8000 });

        Assert.Multiple(() =>
        {
            Assert.That(
                SynthesizedStack.Policy(stack.Single("aws_iam_role_policy")["policy"])["Statement"]!.Select(
                    statement => (string?)statement["Sid"]),
                Is.EqualTo(new[] { "Login", "Pull", "Logs" }));
            Assert.That(stack.Ids("aws_iam_role"), Is.EqualTo(new[] { "backend-execution", "backend-task" }),
                "a task that uses nothing has a role without rights");
        });
    }

    [TestCase("backend-execution"), TestCase("backend-task")]
    [Property("Row", "T7"), Property("Row", "S10")]
    public void Role_IsAssumedOnlyByTasksOfThisAccount(string id)
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

    [Test, Property("Row", "T11"), Property("Row", "S10")]
    public void OnlyMigration_MayReadTheMasterSecret()
    {
        SynthesizedStack stack = Synthesize(Config with
        {
            Migration =
                new MigrationConfig { Command = ["migrate"], Secrets = new Dictionary<string, string> { ["MASTER"] = "database-master" } },
        });
        string? Secrets(string id) =>
            SynthesizedStack.Statement(Policy(stack, id), "Secrets")["Resource"]!.ToString(Newtonsoft.Json.Formatting.None);

        Assert.Multiple(() =>
        {
            Assert.That(Secrets("backend-migration-execution_start"), Is.EqualTo("""["arn:master","arn:jwt"]"""));
            Assert.That(Secrets("backend-execution_start"), Is.EqualTo("\"arn:jwt\""));
        });
    }

    [Test, Property("Row", "S10")]
    public void Schedules_StartTheServicesJobs_InItsCluster_AndNothingElse()
    {
        SynthesizedStack stack =
            Synthesize(
                Config with
                {
                    Jobs =
                    new Dictionary<string, JobConfig> { ["nightly"] = new() { Schedule = "rate(1 day)", Command = ["sweep"] } }
                });
        JToken trust = SynthesizedStack.Policy(stack.Resource("aws_iam_role", "backend-jobs")["assume_role_policy"])["Statement"]!.Single();
        JObject run = SynthesizedStack.Statement(Policy(stack, "backend-jobs_run"), "Run");
        JObject pass = SynthesizedStack.Statement(Policy(stack, "backend-jobs_run"), "PassRoles");

        Assert.Multiple(() =>
        {
            Assert.That((string?)trust["Principal"]!["Service"], Is.EqualTo("scheduler.amazonaws.com"));
            Assert.That((string?)trust["Condition"]!["ArnLike"]!["aws:SourceArn"],
                Is.EqualTo("arn:aws:scheduler:us-east-2:111111111111:schedule-group/acme-dev-jobs"));
            Assert.That(
                (string?)run["Resource"], Is.EqualTo("arn:aws:ecs:us-east-2:111111111111:task-definition/acme-dev-backend_nightly:*"));
            Assert.That(
                (string?)run["Condition"]!["ArnEquals"]!["ecs:cluster"], Is.EqualTo("arn:aws:ecs:us-east-2:111111111111:cluster/acme-dev"));
            Assert.That(pass["Resource"]!.Values<string>(),
                Is.EqualTo(new[] { "${aws_iam_role.backend-execution.arn}", "${aws_iam_role.backend-task.arn}" }));
        });
    }

    [Test, Property("Row", "S10")]
    public void Sidecar_AddsItsSecrets_AndItsPrivateRepository()
    {
        SynthesizedStack stack = Synthesize(Config with
        {
            Sidecars = new Dictionary<string, SidecarConfig>
            {
                ["agent"] =
                    new()
                    {
                        Image = "222222222222.dkr.ecr.us-east-2.amazonaws.com/tools/agent:1",
                        Secrets = new Dictionary<string, string> { ["KEY"] = "agent-key" },
                    },
                ["proxy"] = new() { Image = "public.ecr.aws/nginx/nginx:1.29" },
            },
        });
        JObject policy = Policy(stack, "backend-execution_start");

        Assert.Multiple(() =>
        {
            Assert.That(
                SynthesizedStack.Statement(policy, "Secrets")["Resource"]!.Values<string>(), Is.EqualTo(new[] { "arn:agent", "arn:jwt" }));
            Assert.That(SynthesizedStack.Statement(policy, "Pull")["Resource"]!.Values<string>(), Is.EqualTo(new[]
            {
                "arn:repository", "arn:aws:ecr:us-east-2:222222222222:repository/tools/agent",
            }));
        });
    }
}
