using Infra.Naming;
using NUnit.Framework;

namespace Infra.Tests.Naming;

/// <summary>Names of kinds that an environment file can set, and their defaults.</summary>
internal sealed class NamePatternsTests
{
    private static readonly (string Setting, string Default, Func<NamePatterns, string, NamePatterns> Set, Func<Names, string> Name)[]
        Kinds =
    [
        ("cluster", "tap-poc", (patterns, pattern) => patterns with { Cluster = pattern }, names => names.Cluster),
        ("service", "tap-poc-web", (patterns, pattern) => patterns with { Service = pattern }, names => names.Service("web")),
        ("log group", "/ecs/tap-poc-web", (patterns, pattern) => patterns with { Service = pattern },
            names => names.ServiceLogGroup("web")),
        ("loadBalancer", "tap-poc", (patterns, pattern) => patterns with { LoadBalancer = pattern }, names => names.LoadBalancer),
        ("targetGroup", "tap-poc-web", (patterns, pattern) => patterns with { TargetGroup = pattern }, names => names.TargetGroup("web")),
        ("executionRole", "tap-poc-web-execution", (patterns, pattern) => patterns with { ExecutionRole = pattern },
            names => names.ExecutionRole("web")),
        ("taskRole", "tap-poc-web-task", (patterns, pattern) => patterns with { TaskRole = pattern }, names => names.TaskRole("web")),
        ("deliveryRole", "tap-poc-github-delivery", (patterns, pattern) => patterns with { DeliveryRole = pattern },
            names => names.DeliveryRole),
        ("userPool", "tap-poc-users", (patterns, pattern) => patterns with { UserPool = pattern }, names => names.UserPool),
        ("userPoolClient", "tap-poc-app", (patterns, pattern) => patterns with { UserPoolClient = pattern }, names => names.UserPoolClient),
        ("topic", "tap-poc-alerts", (patterns, pattern) => patterns with { Topic = pattern }, names => names.Topic("alerts")),
        ("budget", "tap-poc-monthly", (patterns, pattern) => patterns with { Budget = pattern }, names => names.Budget),
        ("database", "tap-poc-db", (patterns, pattern) => patterns with { Database = pattern }, names => names.Database("db")),
        ("table", "tap-poc-carts", (patterns, pattern) => patterns with { Table = pattern }, names => names.Table("carts")),
    ];

    private static IEnumerable<string> Settings => Kinds.Select(kind => kind.Setting);

    [TestCaseSource(nameof(Settings))]
    public void Kind_HasItsDefault_AndItsPattern(string setting)
    {
        var kind = Kinds.Single(kind => kind.Setting == setting);
        var set = new Names("tap", "poc", "111111111111", kind.Set(new NamePatterns(), "{prefix}-x-{account}-{region}"), "us-east-1");

        Assert.That(kind.Name(new Names("tap", "poc", "111111111111")), Is.EqualTo(kind.Default));
        Assert.That(kind.Name(set), Does.EndWith("tap-poc-x-111111111111-us-east-1"));
    }

    [TestCase(null, "tap-poc-web", "tap-poc-web-migration", "tap-poc-web_nightly")]
    [TestCase("{prefix}-{purpose}-x", "tap-poc-web-x", "tap-poc-web-migration-x", "tap-poc-web_nightly-x")]
    [TestCase("{prefix}-service", "tap-poc-service", "tap-poc-service-migration", "tap-poc-service_nightly")]
    public void MigrationAndJobs_HaveOtherNamesThanTheirService(string? pattern, string service, string migration, string job)
    {
        var names = new Names("tap", "poc", "111111111111", new NamePatterns { Service = pattern });

        Assert.That(
            (names.Service("web"), names.MigrationFamily("web"), names.JobFamily("web", "nightly")), Is.EqualTo((service, migration, job)));
    }

    [Test]
    public void Role_OfDelivery_IsTheOneThatWorkflowsAssume() =>
        Assert.That(
            new GitHubRoles(new Names("tap", "poc", "111111111111", new NamePatterns { DeliveryRole = "tap-github-actions-role" }))
                .DeliverArn,
            Is.EqualTo("arn:aws:iam::111111111111:role/tap-github-actions-role"));

    [Test]
    public void StateKeys_FollowThePattern_AndLocksDoNot()
    {
        var names = new Names("web", "dev", "111111111111", new NamePatterns { StateKey = "infrastructure/{stack}/terraform.tfstate" });

        Assert.That(
            (names.StateKey("base"), names.StateKey("runtime"), names.LayerLock),
            Is.EqualTo(("infrastructure/base/terraform.tfstate", "infrastructure/runtime/terraform.tfstate", "web/dev/layers")));
    }
}
