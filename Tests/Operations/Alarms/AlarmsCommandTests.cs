using Infra.Configuration;
using Infra.Operations.Alarms;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Tests.Operations.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Alarms;

[Property("Row", "D-L6")]
internal sealed class AlarmsCommandTests
{
    private const string Topic = "arn:aws:sns:us-east-2:111111111111:acme-dev-alerts";
    private const string Confirmed = "arn:aws:sns:us-east-2:111111111111:acme-dev-alerts:1";
    private const string Pending = "PendingConfirmation";
    private const string State = "StateValue=";

    private FakeAws _aws = null!;
    private TestHost _host = null!;

    [SetUp]
    public void SetUp()
    {
        _aws = new FakeAws();
        _host = new TestHost();
        _aws.Always("SetAlarmState", _ => new FakeAws.Answer("<SetAlarmStateResponse/>", 200));
    }

    [TearDown]
    public void TearDown()
    {
        _aws.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task List_ShowsStatesAndTopics_AndWhoHasNotConfirmed()
    {
        Alarms("OK");
        Subscriptions(Confirmed, Pending);

        Assert.That(await Command().ListAsync(), Is.EqualTo(ExitCode.Ok));
        Assert.That(_host.Output.ToString(), Does.Contain("acme-dev-api-5xx: OK, notifies acme-dev-alerts")
            .And.Contain("person1@example.com (email) has not confirmed its subscription to acme-dev-alerts and receives nothing"));
    }

    [Test]
    public async Task Test_EveryActionSucceeded_SetsTheStateBack()
    {
        Alarms("INSUFFICIENT_DATA");
        Subscriptions(Confirmed);
        History().History($"Successfully executed action {Topic}");

        Assert.That(await Command().TestAsync("api-5xx", TimeSpan.FromMilliseconds(1)), Is.EqualTo(ExitCode.Ok));
        Assert.That(States(), Is.EqualTo(new[] { "ALARM", "INSUFFICIENT_DATA" }));
        Assert.That(_host.Output.ToString(), Does.Contain("acme-dev-alerts: published, sent to person0@example.com (email)"));
    }

    [Test]
    public void Test_ASubscriptionIsNotConfirmed_Fails()
    {
        Alarms("OK");
        Subscriptions(Confirmed, Pending);
        History().History($"Successfully executed action {Topic}");

        OperationException failure =
            Assert.ThrowsAsync<OperationException>(() => Command().TestAsync("acme-dev-api-5xx", TimeSpan.FromMilliseconds(1)))!;

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(failure.Remedy, Does.Contain("person1@example.com (email) has not confirmed").And.Not.Contain("nobody is notified"));
    }

    [Test]
    public void Test_NobodyIsSubscribed_Fails()
    {
        Alarms("OK");
        Subscriptions();
        History().History($"Successfully executed action {Topic}");

        Assert.That(Assert.ThrowsAsync<OperationException>(() => Command().TestAsync(null, TimeSpan.FromMilliseconds(1)))!.Remedy,
            Is.EqualTo("acme-dev-alerts has no confirmed subscription: nobody is notified"));
    }

    [Test]
    public void Test_TheActionFailed_SetsTheStateBackAndSaysWhy()
    {
        Alarms("OK");
        History().History($"Failed to execute action {Topic}");

        Assert.That(Assert.ThrowsAsync<OperationException>(() => Command().TestAsync(null, TimeSpan.FromMilliseconds(1)))!.Remedy,
            Does.StartWith($"Failed to execute action {Topic}: check the policy of the topic"));
        Assert.That(States(), Is.EqualTo(new[] { "ALARM", "OK" }));
    }

    [Test]
    public void Test_RaisedAlready_IsRefused()
    {
        Alarms("ALARM");

        Assert.That(Assert.ThrowsAsync<OperationException>(() => Command().TestAsync("api-5xx"))!.Message,
            Does.StartWith("acme-dev-api-5xx is in state ALARM"));
        Assert.That(States(), Is.Empty);
    }

    [Test]
    public void Test_AlarmThatRebootsAnInstance_IsRefused()
    {
        Alarms("OK", "arn:aws:automate:us-east-2:ec2:reboot");

        Assert.That(Assert.ThrowsAsync<OperationException>(() => Command().TestAsync("api-5xx"))!.Message,
            Is.EqualTo("acme-dev-api-5xx does more than notify: a test would also execute arn:aws:automate:us-east-2:ec2:reboot"));
        Assert.That(States(), Is.Empty);
    }

    [Test]
    public void Test_UnknownAlarm_NamesTheAvailableOnes()
    {
        Alarms("OK");

        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Command().TestAsync("cpu"))!;
        Assert.That((failure.Message, failure.Remedy), Is.EqualTo(("dev has no alarm cpu", "available: acme-dev-api-5xx")));
    }

    private void Alarms(string state, string action = Topic) => _aws.Always("DescribeAlarms", _ => new FakeAws.Answer($"""
        <DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><DescribeAlarmsResult><MetricAlarms><member>
        <AlarmName>acme-dev-api-5xx</AlarmName><StateValue>{state}</StateValue><ActionsEnabled>true</ActionsEnabled>
        <AlarmActions><member>{action}</member></AlarmActions></member></MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>
        """, 200));

    private void Subscriptions(params string[] arns) => _aws.Always("ListSubscriptionsByTopic", _ => new FakeAws.Answer($"""
        <ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsByTopicResult><Subscriptions>
        {string.Concat(arns.Select((arn, i) =>
            $"<member><Protocol>email</Protocol><Endpoint>person{i}@example.com</Endpoint>"
                + $"<SubscriptionArn>{arn}</SubscriptionArn></member>"))}
        </Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>
        """, 200));

    /// <summary>The next response about the alarm's actions; without a summary, the history before the test.</summary>
    private AlarmsCommandTests History(string? summary = null)
    {
        string item = summary is null
            ? ""
            : $"<member><Timestamp>2026-11-22T10:00:00Z</Timestamp><HistorySummary>{summary}</HistorySummary></member>";
        _aws.Tell("DescribeAlarmHistory", $"""
            <DescribeAlarmHistoryResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><DescribeAlarmHistoryResult>
            <AlarmHistoryItems>{item}</AlarmHistoryItems></DescribeAlarmHistoryResult></DescribeAlarmHistoryResponse>
            """);
        return this;
    }

    private string[] States() =>
    [
        .. _aws.Requests.Where(request => request.Action == "SetAlarmState")
            .Select(request => request.Body.Split('&').Single(pair => pair.StartsWith(State, StringComparison.Ordinal))[State.Length..]),
    ];

    private AlarmsCommand Command()
    {
        string file = _host.Write("environments/dev.json", """
            { "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2" }
            """);
        LoadedEnvironment loaded = EnvironmentFile.Load(file, _host.Context.Checkout.Root).Environment!;
        var options = new SessionOptions("dev", null, false, false, false, TimeSpan.Zero);
        return new AlarmsCommand(_host.Context, options, new Connection(loaded, _aws.Access(), OnEmulator: false));
    }
}
