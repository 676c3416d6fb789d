using Infra.Constructs.LoadBalancing;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.LoadBalancing;

internal sealed class ServiceTargetTests
{
    private static SynthesizedStack Synthesize(string? host = "api.example.com", params string[] paths) => Synthesize(null, host, paths);

    private static SynthesizedStack Synthesize(int? stickySeconds, string? host, string[] paths) => SynthesizedStack.Of(stack => _ =
        new ServiceTarget(stack, "target", new ServiceTargetProps
        {
            Context = SynthesizedStack.Context(),
            Service = "backend",
            VpcId = "vpc-1",
            Listener = new TargetListener("listener-1", "app/acme/1"),
            Priority = 15001,
            HostName = host,
            Paths = paths,
            HealthPath = "/health",
            DeregistrationDelaySeconds = 30,
            StickySeconds = stickySeconds,
        }));

    private static string[] Conditions(SynthesizedStack stack) =>
        [.. stack.Single("aws_lb_listener_rule")["condition"]!.Select(
            condition => CanonicalJson.Order(condition).ToString(Newtonsoft.Json.Formatting.None))];

    [Test, Property("Row", "T2"), Property("Row", "D5")]
    public void Group_ChecksHealthOnTheServicesPort()
    {
        JObject group = Synthesize().Single("aws_lb_target_group");
        JToken check = group["health_check"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)group["target_type"], Is.EqualTo("ip"));
            Assert.That((string?)group["vpc_id"], Is.EqualTo("vpc-1"));
            Assert.That((string?)group["deregistration_delay"], Is.EqualTo("30"));
            Assert.That((string?)check["path"], Is.EqualTo("/health"));
            Assert.That((string?)check["port"], Is.EqualTo("traffic-port"));
            Assert.That((string?)check["matcher"], Is.EqualTo("200"));
            Assert.That((int)check["timeout"]!, Is.LessThan((int)check["interval"]!),
                "AWS refuses a timeout that is not shorter than the interval");
        });
    }

    [TestCase(null), TestCase(3600)]
    public void Group_SendsABrowserToTheSameTask_OnlyIfAsked(int? seconds)
    {
        JToken? stickiness = Synthesize(seconds, "api.example.com", []).Single("aws_lb_target_group")["stickiness"];

        Assert.That(
            ((string?)stickiness?["type"], (int?)stickiness?["cookie_duration"]),
            Is.EqualTo((seconds is null ? null : "lb_cookie", seconds)));
    }

    // A target group with another port would be a replacement, which AWS cannot create under the same name, and the old one cannot be
    // deleted while the rule uses it. ECS registers each task with the container's port, which also receives the health checks.
    [Test, Property("Finding", "A8")]
    public void Group_IsTheSame_WhateverTheServicesPort()
    {
        JObject group = Synthesize().Single("aws_lb_target_group");

        Assert.Multiple(() =>
        {
            Assert.That((int?)group["port"], Is.EqualTo(80));
            Assert.That((string?)group["health_check"]!["port"], Is.EqualTo("traffic-port"));
            Assert.That(group["lifecycle"]?["ignore_changes"]?.Values<string>(), Is.EqualTo(new[] { "port" }),
                "groups made with another port stay");
        });
    }

    [Test, Property("Row", "T2")]
    public void Rule_ForwardsToTheGroup()
    {
        JObject rule = Synthesize().Single("aws_lb_listener_rule");

        Assert.Multiple(() =>
        {
            Assert.That((string?)rule["listener_arn"], Is.EqualTo("listener-1"));
            Assert.That((int?)rule["priority"], Is.EqualTo(15001));
            Assert.That((string?)rule["action"]!.Single()["type"], Is.EqualTo("forward"));
            Assert.That((string?)rule["action"]!.Single()["target_group_arn"], Is.EqualTo("${aws_lb_target_group.backend.arn}"));
        });
    }

    [Test, Property("Row", "T2")]
    public void Host_IsTheOnlyCondition() =>
        Assert.That(Conditions(Synthesize()), Is.EqualTo(new[] { """{"host_header":{"values":["api.example.com"]}}""" }));

    [Test, Property("Row", "D5")]
    public void HostAndPaths_AreBothConditions() =>
        Assert.That(Conditions(Synthesize("example.com", "/api/*", "/health")), Is.EqualTo(new[]
        {
            """{"host_header":{"values":["example.com"]}}""",
            """{"path_pattern":{"values":["/api/*","/health"]}}""",
        }));

    [Test, Property("Row", "D5")]
    public void WithoutAHost_PathsDecide() =>
        Assert.That(Conditions(Synthesize(null, "/api/*")), Is.EqualTo(new[] { """{"path_pattern":{"values":["/api/*"]}}""" }));

    [Test, Property("Row", "D5")]
    public void WithNeither_EveryPathMatches() =>
        Assert.That(Conditions(Synthesize(null)), Is.EqualTo(new[] { """{"path_pattern":{"values":["/*"]}}""" }));
}
