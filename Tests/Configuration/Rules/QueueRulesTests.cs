using System.Text.RegularExpressions;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Rules.Applications;
using Infra.Configuration.Rules.Messaging;
using Infra.Configuration.Rules.Services;
using Infra.Configuration.Validation;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

/// <summary>Rules about queues: valid values and warnings. Invalid values are in the corpus.</summary>
[TestFixture]
public partial class QueueRulesTests
{
    private static readonly ServiceConfig Worker = new()
    {
        Uses = new UsesConfig { Queues = ["orders:receive", "orders:send"] },
        Autoscaling = new AutoscalingConfig { Min = 1, Max = 4, BacklogPerTask = new Dictionary<string, int> { ["orders"] = 10 } },
    };

    private static EnvironmentConfig With(QueueConfig queue, ServiceConfig? service) => Samples.Environment with
    {
        Queues = new Dictionary<string, QueueConfig> { ["orders"] = queue },
        Services = new[] { service }.OfType<ServiceConfig>().ToDictionary(_ => "worker"),
    };

    private static string[] Warnings(QueueConfig queue, ServiceConfig? service) =>
        [.. AllRules.Check(Severity.Warning, With(queue, service)).Select(warning => $"{warning.Path} {warning.Message}")];

    [Test]
    public void ValidQueue_WithAReceiverThatScalesByItsBacklog_HasNoFindings()
    {
        EnvironmentConfig valid = With(new QueueConfig { Fifo = true, ContentBasedDeduplication = true, RetentionDays = 1 }, Worker);

        Assert.Multiple(() =>
        {
            Assert.That(Queues.Check(valid).Concat(Backlogs.Check(valid)).Concat(Uses.Check(valid)), Is.Empty);
            Assert.That(AllRules.Check(Severity.Warning, valid), Is.Empty);
        });
    }

    [Test]
    public void ExamplesOfTheDocumentation_HaveNoFindings()
    {
        string[] examples =
        [
            .. Example().Matches(File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs", "operations.md")))
                .Select(match => match.Groups[1].Value),
        ];
        Assert.That(examples, Has.Length.EqualTo(2));
        foreach (string example in examples)
        {
            EnvironmentConfig config = WrittenEnvironment.Load("dev",
                $$"""{ "name": "dev", "project": "shop", "account": "111111111111", "region": "eu-central-1", {{example}} }""").Config;
            Assert.That(AllRules.Check(Severity.Warning, config).Where(warning => warning.Path.Contains("queue")), Is.Empty);
        }
    }

    [Test]
    public void Queue_WithoutAReceiver_IsAWarning() => Assert.That(Warnings(new QueueConfig(), null), Is.EqualTo(new[]
    {
        "queues.orders has no receiver: no service or agent has \"orders:receive\" in uses.queues",
    }));

    [TestCase(30, 0), TestCase(29, 1)]
    public void ShortVisibilityTimeout_IsAWarning(int seconds, int expected) => Assert.That(
        Warnings(new QueueConfig { VisibilityTimeoutSeconds = seconds }, Worker),
        Has.Length.EqualTo(expected).And.All.StartsWith("queues.orders.visibilityTimeoutSeconds 29 is short"));

    [GeneratedRegex("```json\n(\"(?:queues|services)\": (?s:.*?))```")]
    private static partial Regex Example();
}
