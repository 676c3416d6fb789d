using Infra.Configuration.Validation;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
public class ScheduleExpressionsTests
{
    [TestCase("cron(0 8 ? * MON-FRI *)")]
    [TestCase("cron(0/15 * * * ? *)")]
    [TestCase("cron(0 2 1,15 JAN-JUN ? 2027-2030)")]
    [TestCase("cron(59 23 L * ? *)")]
    [TestCase("cron(0 12 15W * ? *)")]
    [TestCase("cron(0 12 ? * 6L *)")]
    [TestCase("cron(0 12 ? * FRI#2 *)")]
    [TestCase("cron(*/5 8-18 ? * 2-6 *)")]
    [TestCase("at(2027-01-31T08:00:00)")]
    [TestCase("rate(1 hour)")]
    [TestCase("rate(15 minutes)")]
    public void WhatIsWrong_ValidExpressions_ReturnsNull(string expression) =>
        Assert.That(ScheduleExpressions.WhatIsWrong(expression, rate: true), Is.Null);

    [TestCase("0 8 * * *", "\"0 8 * * *\" is not a schedule")]
    [TestCase("cron(0 8 * * *)", "cron has 5 fields")]
    [TestCase("cron(0 8 * * * *)", "cron requires ? for either day")]
    [TestCase("cron(0 8 ? * ? *)", "cron requires ? for either day")]
    [TestCase("cron(60 8 ? * MON *)", "\"60\" is not minutes")]
    [TestCase("cron(0 24 ? * MON *)", "\"24\" is not hours")]
    [TestCase("cron(0 8 0 * ? *)", "\"0\" is not day of month")]
    [TestCase("cron(0 8 1 13 ? *)", "\"13\" is not month")]
    [TestCase("cron(0 8 ? * MUN *)", "\"MUN\" is not day of week")]
    [TestCase("cron(0 8 ? * FRI-MON *)", "\"FRI-MON\" is not day of week")]
    [TestCase("cron(0 8 ? * FRI#6 *)", "\"FRI#6\" is not day of week")]
    [TestCase("cron(0 8 1 * ? 1969)", "\"1969\" is not year")]
    [TestCase("cron(0/0 8 1 * ? *)", "\"0/0\" is not minutes")]
    [TestCase("at(2027-02-30T08:00:00)", "\"2027-02-30T08:00:00\" is not a time")]
    [TestCase("at(2027-01-31T08:00:00Z)", "\"2027-01-31T08:00:00Z\" is not a time")]
    [TestCase("rate(1 hours)", "\"1 hours\" is not a rate")]
    [TestCase("rate(0 minutes)", "\"0 minutes\" is not a rate")]
    [TestCase("rate(5 weeks)", "\"5 weeks\" is not a rate")]
    public void WhatIsWrong_InvalidExpressions_ReturnsTheReason(string expression, string expected) =>
        Assert.That(ScheduleExpressions.WhatIsWrong(expression, rate: true), Does.StartWith(expected));

    [Test]
    public void WhatIsWrong_Rate_IsInvalidForAutoscaling() =>
        Assert.That(ScheduleExpressions.WhatIsWrong("rate(1 hour)", rate: false), Does.StartWith("\"rate(1 hour)\" is not a schedule"));

    [TestCase("Europe/Berlin", null)]
    [TestCase("UTC", null)]
    [TestCase("America/Argentina/Buenos_Aires", null)]
    [TestCase("Europe/Berln", "\"Europe/Berln\" is not a time zone of the IANA database; nearest: Europe/Berlin")]
    [TestCase("europe/berlin", "\"europe/berlin\" is not a time zone of the IANA database; nearest: Europe/Berlin")]
    [TestCase(
        "W. Europe Standard Time", "\"W. Europe Standard Time\" is not a time zone of the IANA database; such as Europe/Berlin or UTC")]
    public void TimeZone_IsOneOfIana(string name, string? expected) => Assert.That(TimeZones.WhatIsWrong(name), Is.EqualTo(expected));
}
