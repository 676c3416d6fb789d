using Infra.Configuration.Model;
using Infra.Constructs.Databases;
using Infra.Constructs.Monitoring;
using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Databases;

internal sealed class DatabaseAlarmsTests
{
    private static SynthesizedStack Synthesize() =>
        SynthesizedStack.Of(stack => _ = new DatabaseAlarms(stack, "database", new DatabaseAlarmsProps
        {
            Context = SynthesizedStack.Context(),
            Database = new DatabaseOutputs(new DatabaseName(null), "acme-dev-db", "arn", "host", "app", "app", "arn"),
            StorageGiB = 20,
            Config = new ObservabilityConfig { CpuPercent = 80, FreeStoragePercent = 10, DatabaseConnections = 70 },
            Topic = new AlertTopicOutputs("arn:aws:sns:us-east-2:111111111111:alerts"),
        }));

    [Test, Property("Row", "T9")]
    public void CpuAlarm_IsRaisedAfterTenMinutes()
    {
        JObject alarm = Synthesize().Resource("aws_cloudwatch_metric_alarm", "database_cpu");

        Assert.Multiple(() =>
        {
            Assert.That((string?)alarm["namespace"], Is.EqualTo("AWS/RDS"));
            Assert.That((string?)alarm["metric_name"], Is.EqualTo("CPUUtilization"));
            Assert.That((string?)alarm["comparison_operator"], Is.EqualTo("GreaterThanThreshold"));
            Assert.That((int?)alarm["threshold"], Is.EqualTo(80));
            Assert.That((int?)alarm["period"] * (int?)alarm["evaluation_periods"], Is.EqualTo(600), "seconds");
            Assert.That((string?)alarm["dimensions"]!["DBInstanceIdentifier"], Is.EqualTo("acme-dev-db"));
            Assert.That(alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:aws:sns:us-east-2:111111111111:alerts" }));
        });
    }

    [Test, Property("Row", "D8")]
    public void StorageAlarm_IsRaisedBelowATenth()
    {
        JObject alarm = Synthesize().Resource("aws_cloudwatch_metric_alarm", "database_storage");

        Assert.Multiple(() =>
        {
            Assert.That((string?)alarm["metric_name"], Is.EqualTo("FreeStorageSpace"));
            Assert.That((string?)alarm["comparison_operator"], Is.EqualTo("LessThanThreshold"));
            Assert.That((long?)alarm["threshold"], Is.EqualTo(2L * 1024 * 1024 * 1024));
        });
    }

    [Test, Property("Row", "D8")]
    public void ConnectionsAlarm_IsRaisedBeforeTheLimit()
    {
        JObject alarm = Synthesize().Resource("aws_cloudwatch_metric_alarm", "database_connections");

        Assert.Multiple(() =>
        {
            Assert.That((string?)alarm["alarm_name"], Is.EqualTo("acme-dev-db-connections"));
            Assert.That((string?)alarm["metric_name"], Is.EqualTo("DatabaseConnections"));
            Assert.That((string?)alarm["statistic"], Is.EqualTo("Maximum"));
            Assert.That((int?)alarm["threshold"], Is.EqualTo(70));
            Assert.That((string?)alarm["treat_missing_data"], Is.EqualTo("missing"), "a database that is silent is not known to be well");
        });
    }
}
