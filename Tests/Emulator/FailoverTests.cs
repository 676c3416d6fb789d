using Infra.Operations.AwsClients;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// The failover drill on the local AWS, by a role that has exactly the policy of docs/runbooks/disaster-recovery.md. Tasks of the local AWS
/// run nothing: a server of the test answers in their place.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "D-L4")]
internal sealed class FailoverTests
{
    private const string Account = "111111111111";
    private const string Region = "us-west-2";
    private const string Cluster = "durable-code-test-cluster";

    private Sandbox _sandbox = null!;
    private StubHttpServer _web = null!;
    private DocumentedRole _drill = null!;
    private int _status = 200;

    [OneTimeSetUp]
    public async Task Deploy()
    {
        _web = new StubHttpServer((_, _) => (_status, "ok"));
        _sandbox = new Sandbox();
        _sandbox.Environment("dev", $$"""
            {
              "name": "dev", "project": "durable-code-test", "account": "{{Account}}", "region": "{{Region}}", "disposable": true,
              "naming": { "prefix": "{project}", "cluster": "{prefix}-cluster" },
              "network": { "cidr": "10.50.0.0/16", "zones": ["a", "b"], "nat": "single" },
              "services": { "backend": { "port": 8000, "desired": 3 } }
            }
            """);
        Infra(null, 0, "deploy");
        _drill = await DocumentedRole.CreateAsync(_sandbox, Account, Region, "drill", "StopTasks");
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _sandbox.Dispose();
        _web.Dispose();
    }

    [Test, Order(1)]
    public async Task DryRun_SaysWhatWouldBeStopped_AndStopsNothing()
    {
        IReadOnlyList<string> before = await TasksAsync();
        Run run = Infra(Role, 5, "drill", "failover", "backend", "--dry-run");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("backend: 3 of 3 tasks run: us-west-2a 2, us-west-2b 1"));
            Assert.That(run.Output, Does.Contain("would stop one task, then the tasks in us-west-2a"));
            Assert.That(run.Output, Does.Contain("the local AWS serves no traffic"));
            Assert.That(await TasksAsync(), Is.EqualTo(before));
        }
    }

    [Test, Order(2)]
    public async Task Drill_StopsATaskThenAZone_WhichAreReplaced_AndMeasuresRequests()
    {
        IReadOnlyList<EcsTask> tasks = await Ecs.DescribeTasksAsync(Cluster, await TasksAsync(), default);
        string[] before = [.. tasks.Where(task => task.AvailabilityZone == "us-west-2b").Select(task => task.TaskArn)];
        string report = _sandbox.Work("failover.md");
        Run run = Infra(
            Role, 0, "drill", "failover", "backend", "--zone", "us-west-2b", "--url", _web.Url.ToString(), "--report", report);
        IReadOnlyList<string> after = await TasksAsync();
        string text = await File.ReadAllTextAsync(report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("backend: all tasks were replaced, no request failed"));
            Assert.That(after, Has.Count.EqualTo(3));
            Assert.That(before, Is.Not.Empty);
            Assert.That(after.Intersect(before), Is.Empty, "tasks that ran in us-west-2b");
            Assert.That(
                text,
                Does.Match(@"\| one task \| 1 \| \d+\.\d s \| us-west-2a \d, us-west-2b \d \| [1-9]\d* \| 0 \| 0\.0 s \| \d+ ms \|"));
            Assert.That(
                text,
                Does.Match(
                    @"\| all tasks in us-west-2b \| [1-9] \| \d+\.\d s \| us-west-2a \d, us-west-2b \d \| [1-9]\d* \| 0 \|"));
        }
    }

    [Test, Order(3)]
    public void RequestsThatFail_FailTheDrill()
    {
        _status = 503;
        Run run = Infra(Role, 1, "drill", "failover", "backend", "--url", _web.Url.ToString());
        _status = 200;
        Assert.That(run.Output, Does.Match(@"(\d+) of \1 requests failed: status 503"));
    }

    [Test, Order(4)]
    public async Task WrongInput_IsReported_AndStopsNothing()
    {
        IReadOnlyList<string> before = await TasksAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Infra(Role, 2, "drill", "failover", "web").Output, Does.Contain("dev has no service web").And.Contain("backend"));
            Assert.That(
                Infra(Role, 2, "drill", "failover", "backend", "--zone", "us-west-2c").Output,
                Does.Contain("backend has no task in us-west-2c; nothing was stopped").And.Contain("available: us-west-2a"));
            Assert.That(
                Infra(Role, 2, "drill", "failover", "backend", "--url", "dev").Output, Does.Contain("--url dev is not a URL"));
            Assert.That(await TasksAsync(), Is.EqualTo(before));
        }
    }

    private RoleSession Role => _drill.Session;

    private Run Infra(RoleSession? role, int exitCode, params string[] arguments) =>
        _sandbox.ExpectAs(role, exitCode, [.. arguments, "--env", _sandbox.EnvironmentFile("dev"), "--emulator", "--yes"]);

    private EcsClient Ecs => new(_sandbox.Access(Account, Region));

    private Task<IReadOnlyList<string>> TasksAsync() =>
        Ecs.ListTasksAsync(new ListTasksRequest(Cluster, ServiceName: "durable-code-test-backend"), default);
}
