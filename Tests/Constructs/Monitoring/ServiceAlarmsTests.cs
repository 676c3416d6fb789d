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

    private static readonly Lazy<SynthesizedStack> Stack =
        new(() => SynthesizedStack.Of(stack => _ = new ServiceAlarms(stack, "alarms-backend", new ServiceAlarmsProps
        {
            Context = SynthesizedStack.Context(),
            Service = "backend",
            Config = new ObservabilityConfig { ResponseTimeSeconds = 5, CpuPercent = 80, MemoryPercent = 75 },
            ClusterName = "acme-dev",
            ServiceName = "acme-dev-backend",
            Requests = RequestMetrics.ThroughLoadBalancer("app/acme/1", "targetgroup/backend/2"),
            AlertTopicArn = "arn:alerts",
        })));

    private static SynthesizedStack With(RequestMetrics? requests, Action<ServiceAlarms> look) =>
        SynthesizedStack.Of(stack => look(new ServiceAlarms(
        stack, "alarms-orders", new ServiceAlarmsProps
        {
            Context = SynthesizedStack.Context(),
            Service = "orders",
            Config = new ObservabilityConfig { ResponseTimeSeconds = 5 },
            ClusterName = "acme-dev",
            ServiceName = "acme-dev-orders",
            Requests = requests,
            AlertTopicArn = "arn:alerts",
        })));

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
                string.Join(' ', ((JObject)alarm["dimensions"]!)
                    .Properties()
                    .OrderBy(d => d.Name, StringComparer.Ordinal)
                    .Select(d => $"{d.Name}={d.Value}")),
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
    public void Topic_IsNotifiedOfAlarmAndOk()
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

    [Test, Property("Row", "D11")]
    public void Deployments_WatchWhatShowsWithinMinutes()
    {
        string[] watched = [];
        With(RequestMetrics.ThroughLoadBalancer("app/acme/1", "targetgroup/orders/2"),
            alarms => watched = [.. alarms.ForDeployments.Select(alarm => alarm.Name)]);

        Assert.That(watched, Is.EqualTo(new[] { "acme-dev-orders-response-time", "acme-dev-orders-5xx" }));
    }

    [Test, Property("Row", "D11")]
    public void CalledService_IsMeasuredByServiceConnect_InMilliseconds()
    {
        string[] watched = [];
        SynthesizedStack stack =
            With(RequestMetrics.ThroughServiceConnect("acme-dev-orders"),
                alarms => watched = [.. alarms.ForDeployments.Select(alarm => alarm.Name)]);
        JObject alarm = stack.Resource("aws_cloudwatch_metric_alarm", "orders_response-time");

        Assert.Multiple(() =>
        {
            Assert.That(watched, Has.Length.EqualTo(2));
            Assert.That((double?)alarm["threshold"], Is.EqualTo(5000));
            Assert.That((string?)alarm["namespace"], Is.EqualTo("AWS/ECS"));
            Assert.That((string?)alarm["dimensions"]!["TargetDiscoveryName"], Is.EqualTo("acme-dev-orders"));
            Assert.That(stack.Ids("aws_cloudwatch_metric_alarm"),
                Is.EqualTo(new[] { "orders_5xx", "orders_cpu", "orders_memory", "orders_response-time" }));
        });
    }

    [Test]
    public void Worker_HasNoRequestsToMeasure()
    {
        SynthesizedStack stack = With(null, alarms => Assert.That(alarms.ForDeployments, Is.Empty));

        Assert.That(stack.Ids("aws_cloudwatch_metric_alarm"), Is.EqualTo(new[] { "orders_cpu", "orders_memory" }));
    }
}
