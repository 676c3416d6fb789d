using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>The role with which applications' repositories release: it can only change which image their services run.</summary>
internal sealed class ReleasePermissionsTests
{
    private const string Account = "111111111111";

    private static readonly Lazy<SynthesizedDeployment> Shop = new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", """
        {
          "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2",
          "github": { "repository": "acme/infra", "environment": "staging", "applications": ["acme/web"] }, "sites": { "help": {} },
          "services": { "web": { "port": 8000, "jobs": { "nightly": { "schedule": "cron(0 3 * * ? *)", "timezone": "UTC",
              "command": ["run"] } },
                                 "migration": { "command": ["migrate"] } } },
          "schedule": { "timezone": "Europe/Berlin" }
        }
        """)));

    private static IamEvaluator Release => new(RolePolicies.Of(Shop.Value.Bootstrap, "infra-dev-release"));

    private static string Arn(string service, string resource) => $"arn:aws:{service}:us-east-2:{Account}:{resource}";

    private static JObject[] Trust(SynthesizedStack stack, string role) =>
        [.. SynthesizedStack.Policy(stack.Resource("aws_iam_role", role)["assume_role_policy"])["Statement"]!.OfType<JObject>()];

    [Test, Property("Finding", "B2")]
    public void Release_AcquiresItsOwnLock()
    {
        string table = Arn("dynamodb", "table/acme-tfstate-lock");

        Assert.Multiple(() =>
        {
            foreach (string action in new[] { "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem" })
            {
                Assert.That(Release.Allows(action, table, ("dynamodb:LeadingKeys", "acme/dev/release-web")), Is.True, action);
                Assert.That(Release.Allows(action, table, ("dynamodb:LeadingKeys", "acme-tfstate-111111111111/acme/dev/runtime")),
                    Is.True, action);
                Assert.That(Release.Allows(action, table, ("dynamodb:LeadingKeys", "acme-tfstate-111111111111/acme/dev/base")), Is.False,
                    action);
                Assert.That(Release.Allows(action, table, ("dynamodb:LeadingKeys", "acme/prod/release-web")), Is.False, action);
            }
        });
    }

    [Test, Property("Finding", "B2")]
    public void Lock_IsTheOneThatReleasesAcquire() =>
        Assert.That(new Names("acme", "dev", Account).ReleaseLock("web"), Is.EqualTo("acme/dev/release-web"));

    [Test, Property("Finding", "B5")]
    public void Release_RunsTasksInItsClusterOnly_AndPassesTheRolesOfItsServicesOnly()
    {
        (string, string) cluster = ("ecs:cluster", Arn("ecs", "cluster/acme-dev"));
        (string, string) tasks = ("iam:PassedToService", "ecs-tasks.amazonaws.com");
        static string Role(string name) => $"arn:aws:iam::{Account}:role/{name}";

        Assert.Multiple(() =>
        {
            Assert.That(Release.Allows("ecs:RunTask", Arn("ecs", "task-definition/acme-dev-web-migration:3"), cluster), Is.True);
            Assert.That(Release.Allows("ecs:RunTask", Arn("ecs", "task-definition/acme-dev-web-migration:3"), ("ecs:cluster",
                Arn("ecs", "cluster/other"))), Is.False);
            Assert.That(Release.Allows("ecs:RunTask", Arn("ecs", "task-definition/acme-dev-other:3"), cluster), Is.False);
            Assert.That(Release.Allows("ecs:RegisterTaskDefinition", Arn("ecs", "task-definition/acme-dev-web:*")), Is.True);
            Assert.That(Release.Allows("ecs:RegisterTaskDefinition", Arn("ecs", "task-definition/acme-dev-other:*")), Is.False);
            foreach (string role in new[] { "web-execution", "web-task", "web-migration-execution" })
                Assert.That(Release.Allows("iam:PassRole", Role($"acme-dev-{role}"), tasks), Is.True, role);
            foreach (string role in new[] { "acme-dev-schedule", "acme-dev-infra-cycle", "acme-dev-github-delivery" })
                Assert.That(Release.Allows("iam:PassRole", Role(role), tasks), Is.False, role);
            Assert.That(Release.Allows("iam:PassRole", Role("acme-dev-web-jobs"), ("iam:PassedToService", "scheduler.amazonaws.com")),
                Is.True);
            Assert.That(Release.Allows("logs:GetLogEvents", Arn("logs", "log-group:/ecs/acme-dev-other:log-stream:a")), Is.False);
            Assert.That(Release.Allows("ssm:PutParameter", Arn("ssm", "parameter/dev/acme/releases/other")), Is.False);
        });
    }

    [Test, Property("Finding", "B5")]
    public void Release_FromAnApplication_RunsTheReleaseWorkflowOfTheInfrastructureOnly()
    {
        JObject[] trust = Trust(Shop.Value.Bootstrap, "infra-dev-release");
        JToken own = trust[0]["Condition"]!["StringEquals"]!;
        JToken application = trust[1]["Condition"]!["StringEquals"]!;
        const string Claim = "token.actions.githubusercontent.com:";

        Assert.Multiple(() =>
        {
            Assert.That(trust, Has.Length.EqualTo(2));
            Assert.That((string?)own[$"{Claim}sub"], Is.EqualTo("repo:acme/infra:environment:staging"));
            Assert.That((string?)application[$"{Claim}sub"], Is.EqualTo("repo:acme/web:environment:staging"));
            Assert.That((string?)application[$"{Claim}job_workflow_ref"],
                Is.EqualTo("acme/infra/.github/workflows/deploy-service.yml@refs/heads/main"));
            Assert.That((string?)application[$"{Claim}ref"], Is.EqualTo("refs/heads/main"));
        });
    }

    [TestCase("deploy-service"), TestCase("deploy-site"), TestCase("publish-layer"), Property("Finding", "B5")]
    public void WorkflowsThatRolesTrust_RunTheirOwnRepositoryAtTheirOwnCommit(string workflow)
    {
        JObject job = Workflows.WorkflowFile.Load($".github/workflows/{workflow}.yml").Jobs.Single().Content;
        JToken infrastructure = job["steps"]!.Single(step => (string?)step.SelectToken("with.path") == "infra"
            && ((string?)step["uses"])!.StartsWith("actions/checkout@", StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That((string?)infrastructure["with"]!["repository"], Is.EqualTo("${{ job.workflow_repository }}"));
            Assert.That((string?)infrastructure["with"]!["ref"], Is.EqualTo("${{ job.workflow_sha }}"));
        });
    }

    [Test, Property("Finding", "B12")]
    public void Release_CannotWriteTheStoredDeployment()
    {
        string stored = $"arn:aws:s3:::acme-deployments-dev-{Account}/{Names.StoredDeployment}";
        var apply = new IamEvaluator(RolePolicies.Of(Shop.Value.Bootstrap, "infra-dev-apply"));
        var cycle = new IamEvaluator(RolePolicies.Of(Shop.Value.Bootstrap, "infra-dev-cycle"));

        Assert.Multiple(() =>
        {
            Assert.That((string?)Shop.Value.Base.Resource("aws_codebuild_project", "cycle")["source"]!["location"],
                Does.EndWith($"/{Names.StoredDeployment}"));
            Assert.That(Release.Allows("s3:PutObject", stored), Is.False);
            Assert.That(Release.Allows("s3:PutObject", $"arn:aws:s3:::acme-deployments-dev-{Account}/other"), Is.False);
            Assert.That(apply.Allows("s3:PutObject", stored), Is.True);
            Assert.That(cycle.Allows("s3:GetObject", stored), Is.True);
            Assert.That(cycle.Allows("s3:PutObject", stored), Is.False);
        });
    }

    [Test, Property("Finding", "B4")]
    public void Delivery_NeedsTheGitHubEnvironment_AndTheBranchOnlyPushesImages()
    {
        const string Sub = "token.actions.githubusercontent.com:sub";
        JObject[] delivery = Trust(Shop.Value.Base, "github-delivery");
        JToken push = Trust(Shop.Value.Base, "github-push").Single()["Condition"]!["StringEquals"]!;
        string[] subjects = [.. delivery.SelectMany(statement =>
            statement["Condition"]!["StringEquals"]![Sub] is JArray many
                ? many.Values<string>()
                : [(string?)statement["Condition"]!["StringEquals"]![Sub]])!];
        string[] pushed = [.. RolePolicies.Of(Shop.Value.Base, "github-push").SelectMany(statement =>
            statement["Action"] is JArray many ? many.Values<string>() : [(string?)statement["Action"]])!];

        Assert.Multiple(() =>
        {
            Assert.That(subjects, Is.EquivalentTo(new[] { "repo:acme/infra:environment:staging", "repo:acme/web:environment:staging" }));
            Assert.That(
                delivery[1]["Condition"]!["StringEquals"]!["token.actions.githubusercontent.com:job_workflow_ref"]!.Values<string>(),
                Is.EqualTo(new[]
            {
                "acme/infra/.github/workflows/deploy-site.yml@refs/heads/main",
                    "acme/infra/.github/workflows/publish-layer.yml@refs/heads/main",
            }));
            Assert.That(push[Sub]!.Values<string>(),
                Does.Contain("repo:acme/infra:ref:refs/heads/main").And.Contain("repo:acme/web:ref:refs/heads/main"));
            Assert.That(pushed.Select(action => action.Split(':')[0]).Distinct(), Is.EqualTo(new[] { "ecr" }));
            Assert.That(pushed, Has.None.Contains("Delete"));
        });
    }

    [TestCase("build-and-push"), TestCase("copy-image"), Property("Finding", "B4")]
    public void WorkflowsWithoutAnEnvironment_AssumeThePushRole(string workflow) =>
        Assert.That(
            Workflows.WorkflowFile.Load($".github/workflows/{workflow}.yml").Jobs.Single().Content["steps"]!.Select(step =>
                (string?)step.SelectToken("with.role-to-assume")).OfType<string>(),
            Is.Not.Empty.And.All.Contains("push-role"));

    [Test, Property("Finding", "B13")]
    public void Delivery_RegistersTaskDefinitionsOfItsServicesOnly()
    {
        var delivery = new IamEvaluator(RolePolicies.Of(Shop.Value.Base, "github-delivery"));

        Assert.That(delivery.Allows("ecs:RegisterTaskDefinition", Arn("ecs", "task-definition/acme-dev-web:*")), Is.True);
        Assert.That(delivery.Allows("ecs:RegisterTaskDefinition", Arn("ecs", "task-definition/acme-dev-other:*")), Is.False);
    }
}
