using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks.LiteralValues;

/// <summary>System T: literal names and values.</summary>
internal sealed class TapTests
{
    private static SynthesizedStack Base => Example.Tap.Base;

    private static SynthesizedStack Runtime => Example.Tap.Runtime;

    [Test, Property("Row", "T-L1"), Property("Row", "T2"), Property("Row", "T6")]
    public void Hosts_AreTheApexForTheSite_AndApiForTheService()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Base.Single("aws_cloudfront_distribution")["aliases"]!.Values<string>(), Is.EqualTo(new[] { "example.com" }));
            Assert.That(
                Runtime.Single("aws_lb_listener_rule")["condition"]!.Single()["host_header"]!["values"]!.Values<string>(),
                Is.EqualTo(new[] { "api.example.com" }));
        });
    }

    [Test, Property("Row", "T-L1")]
    public void SignOut_LeadsToTheLoginPage() =>
        Assert.That(
            Base.Single("aws_cognito_user_pool_client")["logout_urls"]!.Values<string>(),
            Is.EqualTo(new[] { "https://example.com/login" }));

    [TestCase("aws_ecr_repository", "tap-backend")]
    [TestCase("aws_cognito_user_pool", "tap-users")]
    [TestCase("aws_cognito_user_pool_client", "tap-web-client")]
    [TestCase("aws_sns_topic", "tap-alerts")]
    [TestCase("aws_cloudwatch_log_group", "/ecs/tap-backend")]
    [TestCase("aws_iam_role", "tap-ecs-execution-role")]
    [TestCase("aws_iam_role", "tap-ecs-task-role")]
    [TestCase("aws_iam_role", "tap-github-actions-role")]
    [Property("Row", "T-L2")]
    public void Name_OfABaseResource(string type, string name) => Assert.That(Base.NamesOf(type), Has.One.EqualTo(name));

    [TestCase("tap-spa-111111111111"), TestCase("tap-files-111111111111")]
    [Property("Row", "T-L2")]
    public void Bucket(string name) => Assert.That(Base.NamesOf("aws_s3_bucket", "bucket"), Has.One.EqualTo(name));

    [Test, Property("Row", "T-L2")]
    public void Cluster_AndService() => Assert.Multiple(() =>
    {
        Assert.That(Runtime.NamesOf("aws_ecs_cluster"), Is.EqualTo(new[] { "tap-cluster" }));
        Assert.That(Runtime.NamesOf("aws_ecs_service"), Is.EqualTo(new[] { "tap-backend" }));
    });

    [Test, Property("Row", "T-L2")]
    public void State() =>
        Assert.That(Base.State(), Is.EqualTo(("tap-terraform-state-111111111111", "tap-terraform-locks", "tap/poc/base")));

    [Test, Property("Row", "T-L3")]
    public void DatabaseUrl_IsInTheFormOfTheDriver() =>
        Assert.That(
            (string?)Base.Resource("aws_secretsmanager_secret_version", "database-url_version")["secret_string_wo"],
            Does.StartWith("postgresql+asyncpg://app:").And.EndWith(":5432/app?ssl=require"));

    [Test, Property("Row", "T-L3"), Property("Row", "T11")]
    public void Migration_IsPlainAlembic_AfterTheDatabaseUserExists()
    {
        IReadOnlyList<JObject> containers =
            ContainerText.ParseAll(Runtime.Resource("aws_ecs_task_definition", "backend_migration")["container_definitions"]);
        JToken migration = containers.Single(container => (string?)container["name"] == "migration");
        JToken user = containers.Single(container => (string?)container["name"] == "database-user");
        const string master = "${data.terraform_remote_state.base.outputs.secret_database_master_arn}";

        Assert.Multiple(() =>
        {
            Assert.That((string?)migration["command"], Does.EndWith(" : [\"alembic\",\"upgrade\",\"head\"]"));
            Assert.That(
                migration["dependsOn"]!.Select(other => $"{other["containerName"]} {other["condition"]}"),
                Is.EqualTo(new[] { "database-user SUCCESS" }));
            Assert.That(migration["secrets"]!.Select(secret => (string?)secret["valueFrom"]), Has.None.Contains("master"));
            Assert.That((bool?)user["essential"], Is.False);
            Assert.That(user["secrets"]!.Select(secret => $"{secret["name"]}={secret["valueFrom"]}"), Is.EqualTo(new[]
            {
                "DATABASE_URL=${data.terraform_remote_state.base.outputs.secret_database_url_arn}",
                $"PGPASSWORD={master}:password::",
                $"PGUSER={master}:username::",
            }));
            Assert.That(user["environment"]!.Select(variable => $"{variable["name"]}={variable["value"]}"), Is.EqualTo(new[]
            {
                "PGSSLMODE=verify-full", "PGSSLROOTCERT=/etc/ssl/certs/rds-global-bundle.pem",
            }));
            Assert.That((string?)user["image"], Does.Match("^public\\.ecr\\.aws/docker/library/postgres:17-alpine@sha256:[0-9a-f]{64}$"));
        });
    }

    [Test]
    public void Production_IsInAnotherAccount_WithTheSameNames() => Assert.Multiple(() =>
    {
        Assert.That((Example.TapProduction.Config.Account, Example.TapProduction.Config.Production), Is.EqualTo(("222222222222", true)));
        Assert.That(Example.TapProduction.Runtime.NamesOf("aws_ecs_cluster"), Is.EqualTo(new[] { "tap-cluster" }));
        Assert.That(Example.TapProduction.Base.State().Bucket, Is.EqualTo("tap-terraform-state-222222222222"));
        Assert.That(
            Example.TapProduction.Base.Single("aws_cloudfront_distribution")["aliases"]!.Values<string>(),
            Is.EqualTo(new[] { "tap.example.com" }));
    });
}
