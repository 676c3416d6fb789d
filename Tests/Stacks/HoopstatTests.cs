using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>System H: names and numbers of its requirements.</summary>
internal sealed class HoopstatTests
{
    private static readonly string[] s_apps = ["data-pipeline", "stats-api", "web-dashboard"];

    private static SynthesizedStack Base => Example.Hoopstat.Base;

    private static SynthesizedStack Runtime => Example.Hoopstat.Runtime;

    [TestCase("raw-data", "STANDARD_IA 30, GLACIER 180", null, 30)]
    [TestCase("processed-data", "STANDARD_IA 90", null, 30)]
    [TestCase("backup", "STANDARD_IA 30, GLACIER 90", 730, 365)]
    [Property("Row", "H2"), Property("Row", "S5"), Property("Row", "H-L1")]
    public void Bucket_HasItsName_IsVersionedAndLogged_AndHasItsLifecycle(
        string purpose, string moves, int? expires, int keepsVersions)
    {
        string id = $"bucket-{purpose}";
        JToken rule = Base.Resource("aws_s3_bucket_lifecycle_configuration", $"{id}_lifecycle")["rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)Base.Resource("aws_s3_bucket", id)["bucket"], Is.EqualTo($"hoopstat-haus-{purpose}-prod"));
            Assert.That((string?)Base.Resource("aws_s3_bucket_versioning", $"{id}_versioning")["versioning_configuration"]!["status"],
                Is.EqualTo("Enabled"));
            Assert.That((string?)Base.Resource("aws_s3_bucket_logging", $"{id}_logging")["target_prefix"],
                Is.EqualTo($"s3/hoopstat-haus-{purpose}-prod/"));
            Assert.That(
                string.Join(", ", rule["transition"]!.Select(move => $"{move["storage_class"]} {move["days"]}")), Is.EqualTo(moves));
            Assert.That((int?)rule.SelectToken("expiration[0].days"), Is.EqualTo(expires));
            Assert.That((int?)rule.SelectToken("noncurrent_version_expiration[0].noncurrent_days"), Is.EqualTo(keepsVersions));
        });
    }

    [Test, Property("Row", "H3"), Property("Row", "S4")]
    public void Repositories_AreOneForEachApp() => Assert.That(
        Base.Ids("aws_ecr_repository").Select(id => (string?)Base.Resource("aws_ecr_repository", id)["name"]),
        Is.EqualTo(s_apps.Select(app => $"hoopstat-haus/{app}")));

    [TestCase(
        "data-pipeline",
        new[]
        {
            "BucketRawData: Abort Delete Get Get Put raw-data",
            "BucketProcessedData: Abort Delete Put processed-data",
            "BucketBackup: Abort Delete Put backup",
        })]
    [TestCase("stats-api", new[] { "BucketProcessedData: Get Get processed-data" })]
    [Property("Row", "H4")]
    public void App_ReadsAndWritesOnlyItsOwnBuckets(string app, string[] rights)
    {
        JObject policy = SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", $"{app}-task_uses")["policy"]);
        string Verb(string action) => string.Concat(action["s3:".Length..].TakeWhile((letter, at) => at == 0 || char.IsLower(letter)));

        Assert.That(
            from statement in policy["Statement"]!
            let sid = (string)statement["Sid"]!
            where sid.StartsWith("Bucket", StringComparison.Ordinal) && !sid.EndsWith("List", StringComparison.Ordinal)
            let bucket = ((string)statement["Resource"]!)["arn:aws:s3:::hoopstat-haus-".Length..^"-prod/*".Length]
            select $"{sid}: {string.Join(' ', statement["Action"]!.Values<string>().Select(action => Verb(action!)))} {bucket}",
            Is.EqualTo(rights));
    }

    [Test, Property("Row", "H4")]
    public void App_WithoutUses_HasNoPermissions() => Assert.Multiple(() =>
    {
        Assert.That(Base.Ids("aws_iam_role"), Does.Contain("web-dashboard-task"));
        Assert.That(Base.Ids("aws_iam_role_policy"), Does.Not.Contain("web-dashboard-task_uses"));
    });

    [Test, Property("Row", "H4")]
    public void GitHub_PushesOnlyToTheAppsRepositories()
    {
        JObject policy = SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", "github-delivery_deliver")["policy"]);

        Assert.That(
            SynthesizedStack.Statement(policy, "Push")["Resource"]!.Values<string>(),
            Is.EqualTo(s_apps.Select(app => $"${{aws_ecr_repository.repository-{app}.arn}}")));
    }

    [Test, Property("Row", "H5")]
    public void Tasks_AreInPrivateSubnets_AndReachedOnlyFromTheLoadBalancer() => Assert.Multiple(() =>
    {
        Assert.That((string?)Base.Single("aws_vpc")["cidr_block"], Is.EqualTo("10.30.0.0/16"));
        Assert.That(Base.Ids("aws_security_group"), Is.EqualTo(new[] { "alb-sg", "ecs-sg" }));
        foreach (string app in s_apps)
            Assert.That((bool?)Runtime.Resource("aws_ecs_service", app)["network_configuration"]!["assign_public_ip"], Is.False, app);
    });

    [Test, Property("Row", "H6")]
    public void Backups_AreCopiedToAnotherRegion_AndLocked() => Assert.Multiple(() =>
    {
        Assert.That((string?)Base.Resource("aws_backup_vault", "backup-copy")["provider"], Is.EqualTo("aws.us-west-2"));
        Assert.That((int?)Base.Single("aws_backup_vault_lock_configuration")["min_retention_days"], Is.EqualTo(90));
    });

    [Test, Property("Row", "H10")]
    public void Budget_Is250DollarsAMonth() => Assert.Multiple(() =>
    {
        Assert.That((string?)Base.Single("aws_budgets_budget")["limit_amount"], Is.EqualTo("250.0"));
        Assert.That(Base.Single("aws_budgets_budget")["notification"]!.Count(), Is.EqualTo(3));
    });

    [Test, Property("Row", "H8")]
    public void App_FindsItsResourcesInItsVariables()
    {
        JObject container = ContainerText.Parse(Runtime.Resource("aws_ecs_task_definition", "data-pipeline")["container_definitions"]);

        Assert.That(container["environment"]!.Select(variable => $"{variable["name"]}={variable["value"]}"), Is.EqualTo(new[]
        {
            "AWS_REGION=us-east-1",
            "DISCOVERY_PATH=/prod/hoopstat-haus/discovery",
            "ECR_REPOSITORY=hoopstat-haus/data-pipeline",
            "ENVIRONMENT=prod",
            "PROJECT=hoopstat-haus",
            "S3_BUCKET_BACKUP=hoopstat-haus-backup-prod",
            "S3_BUCKET_NAME=hoopstat-haus-raw-data-prod",
            "S3_BUCKET_PROCESSED_DATA=hoopstat-haus-processed-data-prod",
            "S3_BUCKET_RAW_DATA=hoopstat-haus-raw-data-prod",
            "SERVICE=data-pipeline",
        }));
    }

    [Test, Property("Row", "H8")]
    public void Tree_HasTheResourcesOfBaseAndRuntime()
    {
        static Dictionary<string, string> Tree(SynthesizedStack stack) => stack.Ids("aws_ssm_parameter")
            .Select(id => stack.Resource("aws_ssm_parameter", id))
            .Where(parameter => ((string)parameter["name"]!).StartsWith("/prod/hoopstat-haus/discovery/", StringComparison.Ordinal))
            .ToDictionary(parameter => ((string)parameter["name"]!)["/prod/hoopstat-haus/discovery/".Length..],
                parameter => (string)parameter["insecure_value"]!);

        Assert.Multiple(() =>
        {
            Assert.That(Tree(Base), Is.EquivalentTo(new Dictionary<string, string>
            {
                ["topics/alerts"] = "${aws_sns_topic.alerts.arn}",
                ["buckets/raw-data"] = "hoopstat-haus-raw-data-prod",
                ["buckets/processed-data"] = "hoopstat-haus-processed-data-prod",
                ["buckets/backup"] = "hoopstat-haus-backup-prod",
                ["repositories/data-pipeline"] = "${aws_ecr_repository.repository-data-pipeline.repository_url}",
                ["repositories/stats-api"] = "${aws_ecr_repository.repository-stats-api.repository_url}",
                ["repositories/web-dashboard"] = "${aws_ecr_repository.repository-web-dashboard.repository_url}",
            }));
            Assert.That(Tree(Runtime), Is.EquivalentTo(new Dictionary<string, string>
            {
                ["cluster"] = "hoopstat-haus-prod",
                ["services/stats-api/url"] = "https://api.example.com",
                ["services/web-dashboard/url"] = "https://example.com",
            }));
        });
    }

    [Test, Property("Row", "H8")]
    public void Tree_IsReadByTheAppThatUsesDiscovery()
    {
        JObject policy = SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", "data-pipeline-task_uses")["policy"]);

        Assert.That(SynthesizedStack.Statement(policy, "Discovery")["Resource"]!.Values<string>(), Is.EqualTo(new[]
        {
            "arn:aws:ssm:us-east-1:111111111111:parameter/prod/hoopstat-haus/discovery",
            "arn:aws:ssm:us-east-1:111111111111:parameter/prod/hoopstat-haus/discovery/*",
        }));
    }
}
