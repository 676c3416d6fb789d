using Infra.Configuration.Model;
using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Monitoring;

internal sealed class ServiceAlarmsTests
{
    private const string Tasks = "ClusterName=acme-dev ServiceName=acme-dev-backend";
    private const string Targets = "LoadBalancer=app/acme/1 TargetGroup=targetgroup/backend/2";

    private static readonly Lazy<SynthesizedStack> Stack = new(() => SynthesizedStack.Of(stack => _ = new ServiceAlarms(stack, "alarms-backend", new ServiceAlarmsProps(
        SynthesizedStack.Context(),
        "backend",
        new ObservabilityConfig { ResponseTimeSeconds = 5, CpuPercent = 80, MemoryPercent = 75 },
        "acme-dev",
        "acme-dev-backend",
        "app/acme/1",
        "targetgroup/backend/2",
        "arn:alerts"))));

    [TestCase("response-time", "AWS/ApplicationELB TargetResponseTime Average", 5, 3, 60, Targets)]
    [TestCase("unhealthy-hosts", "AWS/ApplicationELB UnHealthyHostCount Maximum", 0, 5, 60, Targets)]
    [TestCase("5xx", "AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum", 10, 3, 60, Targets)]
    [TestCase("cpu", "AWS/ECS CPUUtilization Average", 80, 2, 300, Tasks)]
    [TestCase("memory", "AWS/ECS MemoryUtilization Average", 75, 2, 300, Tasks)]
    [Property("Row", "T9"), Property("Row", "D8")]
    public void Alarm_IsRaisedAboveItsThreshold(string what, string metric, double threshold, int periods, int seconds, string dimensions)
    {
        JObject alarm = Stack.Value.Resource("aws_cloudwatch_metric_alarm", $"backend_{what}");

        Assert.Multiple(() =>
        {
            Assert.That($"{alarm["namespace"]} {alarm["metric_name"]} {alarm["statistic"]}", Is.EqualTo(metric));
            Assert.That((string?)alarm["comparison_operator"], Is.EqualTo("GreaterThanThreshold"));
            Assert.That((double?)alarm["threshold"], Is.EqualTo(threshold));
            Assert.That((int?)alarm["evaluation_periods"], Is.EqualTo(periods));
            Assert.That((int?)alarm["period"], Is.EqualTo(seconds));
            Assert.That(
                string.Join(' ', ((JObject)alarm["dimensions"]!).Properties().OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => $"{d.Name}={d.Value}")),
                Is.EqualTo(dimensions));
            Assert.That((string?)alarm["alarm_name"], Is.EqualTo($"acme-dev-backend-{what}"));
        });
    }

    [Test, Property("Row", "T9")]
    public void UnhealthyHosts_RaiseTheAlarmAfterFiveMinutes()
    {
        JObject alarm = Stack.Value.Resource("aws_cloudwatch_metric_alarm", "backend_unhealthy-hosts");

        Assert.That((int?)alarm["period"] * (int?)alarm["evaluation_periods"], Is.EqualTo(5 * 60));
    }

    [Test, Property("Row", "T9")]
    public void People_AreToldOfTroubleAndOfItsEnd()
    {
        Assert.Multiple(() =>
        {
            foreach (string id in Stack.Value.Ids("aws_cloudwatch_metric_alarm"))
            {
                JObject alarm = Stack.Value.Resource("aws_cloudwatch_metric_alarm", id);
                Assert.That(alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }), id);
                Assert.That(alarm["ok_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }), id);
                Assert.That((string?)alarm["treat_missing_data"], Is.EqualTo("notBreaching"), id);
            }
        });
    }
}
