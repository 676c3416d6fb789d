using Infra.Constructs.LoadBalancing;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.LoadBalancing;

internal sealed class LoadBalancerAlarmsTests
{
    [Test, Property("Row", "D8")]
    public void Alarm_IsRaisedForItsOwnErrors()
    {
        JObject alarm = SynthesizedStack.Of(stack => _ = new LoadBalancerAlarms(stack, "alb-alarms", new LoadBalancerAlarmsProps(
            SynthesizedStack.Context(), "app/acme/1", ServerErrorsPerMinute: 25, "arn:alerts"))).Single("aws_cloudwatch_metric_alarm");

        Assert.Multiple(() =>
        {
            Assert.That((string?)alarm["alarm_name"], Is.EqualTo("acme-dev-alb-5xx"));
            Assert.That($"{alarm["namespace"]} {alarm["metric_name"]} {alarm["statistic"]}",
                Is.EqualTo("AWS/ApplicationELB HTTPCode_ELB_5XX_Count Sum"));
            Assert.That((string?)alarm["dimensions"]!["LoadBalancer"], Is.EqualTo("app/acme/1"));
            Assert.That((int?)alarm["threshold"], Is.EqualTo(25));
            Assert.That(alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }));
        });
    }
}
