using Infra.Configuration.Model;
using Infra.Constructs.Monitoring.Dashboards;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Monitoring.Dashboards;

[Property("Row", "D8")]
internal sealed class RuntimeDashboardTests
{
    private static JObject[] Widgets(ObservabilityConfig? config = null, string? database = "acme-dev-db", string? webAcl = "acme-dev")
    {
        JObject dashboard = SynthesizedStack.Of(stack => _ = new RuntimeDashboard(stack, "dashboard", new RuntimeDashboardProps
        {
            Context = SynthesizedStack.Context(),
            Config = config ?? new ObservabilityConfig { CpuPercent = 80, MemoryPercent = 75 },
            ClusterName = "acme-dev",
            LoadBalancerArnSuffix = "app/acme/1",
            Services =
                [new DashboardService("backend", "acme-dev-backend", "targetgroup/backend/2"),
                    new DashboardService("frontend", "acme-dev-frontend", "targetgroup/frontend/3")],
            AlarmArns = ["arn:alarm:1", "arn:alarm:2"],
            Databases = database is null ? [] : [new DashboardDatabase("the database", database)],
            WebAclName = webAcl,
        })).Single("aws_cloudwatch_dashboard");
        Assert.That((string?)dashboard["dashboard_name"], Is.EqualTo("acme-dev"));
        return [.. JObject.Parse((string)dashboard["dashboard_body"]!)["widgets"]!.Cast<JObject>()];
    }

    private static JObject Graph(JObject[] widgets, string title, string? below = null)
    {
        int start = below is null ? 0 : Array.FindIndex(widgets, widget => (string?)widget["properties"]!["markdown"] == $"## {below}");
        return (JObject)widgets.Skip(start).First(widget => (string?)widget["properties"]!["title"] == title)["properties"]!;
    }

    private static IEnumerable<string> Lines(JObject graph) => graph["metrics"]!.Select(line =>
        $"{line.Last!["label"]}: {string.Join(' ', line.Take(line.Count() - 1))} {line.Last!["stat"]}");

    [Test]
    public void Services_ShowCpuMemoryAndTasks()
    {
        JObject[] widgets = Widgets();

        Assert.Multiple(() =>
        {
            Assert.That(Lines(Graph(widgets, "CPU, %", "Services")), Is.EqualTo(new[]
            {
                "backend: AWS/ECS CPUUtilization ClusterName acme-dev ServiceName acme-dev-backend Average",
                "frontend: AWS/ECS CPUUtilization ClusterName acme-dev ServiceName acme-dev-frontend Average",
            }));
            Assert.That(Lines(Graph(widgets, "Memory, %")).First(),
                Is.EqualTo("backend: AWS/ECS MemoryUtilization ClusterName acme-dev ServiceName acme-dev-backend Average"));
            Assert.That(Lines(Graph(widgets, "Tasks")).Take(2), Is.EqualTo(new[]
            {
                "backend running: ECS/ContainerInsights RunningTaskCount ClusterName acme-dev ServiceName acme-dev-backend Average",
                "backend desired: ECS/ContainerInsights DesiredTaskCount ClusterName acme-dev ServiceName acme-dev-backend Average",
            }));
        });
    }

    [Test]
    public void LoadBalancer_ShowsRequestsLatencyErrorsAndHosts()
    {
        JObject[] widgets = Widgets();
        const string Backend = "LoadBalancer app/acme/1 TargetGroup targetgroup/backend/2";

        Assert.Multiple(() =>
        {
            Assert.That(
                Lines(Graph(widgets, "Requests a minute")).First(), Is.EqualTo($"backend: AWS/ApplicationELB RequestCount {Backend} Sum"));
            Assert.That(Lines(Graph(widgets, "Response time, s")).Take(2), Is.EqualTo(new[]
            {
                $"backend p50: AWS/ApplicationELB TargetResponseTime {Backend} p50",
                $"backend p99: AWS/ApplicationELB TargetResponseTime {Backend} p99",
            }));
            Assert.That(Lines(Graph(widgets, "4xx and 5xx a minute")),
                Has.Exactly(1).EqualTo($"backend 4XX: AWS/ApplicationELB HTTPCode_Target_4XX_Count {Backend} Sum"));
            Assert.That(Lines(Graph(widgets, "4xx and 5xx a minute")).Last(),
                Is.EqualTo("load balancer 5XX: AWS/ApplicationELB HTTPCode_ELB_5XX_Count LoadBalancer app/acme/1 Sum"));
            Assert.That(Lines(Graph(widgets, "Hosts")),
                Has.Exactly(1).EqualTo($"backend unhealthy: AWS/ApplicationELB UnHealthyHostCount {Backend} Maximum"));
        });
    }

    [Test]
    public void Database_ShowsCpuStorageAndConnections()
    {
        JObject[] widgets = Widgets();

        Assert.Multiple(() =>
        {
            Assert.That(Lines(Graph(widgets, "CPU, %", "the database")).Single(),
                Is.EqualTo("CPU: AWS/RDS CPUUtilization DBInstanceIdentifier acme-dev-db Average"));
            Assert.That(Lines(Graph(widgets, "Free storage, bytes")).Single(),
                Is.EqualTo("free: AWS/RDS FreeStorageSpace DBInstanceIdentifier acme-dev-db Minimum"));
            Assert.That(Lines(Graph(widgets, "Connections")).Single(),
                Is.EqualTo("open: AWS/RDS DatabaseConnections DBInstanceIdentifier acme-dev-db Maximum"));
        });
    }

    [Test]
    public void Firewall_ShowsWhatItBlocks() =>
        Assert.That(Lines(Graph(Widgets(), "Requests a minute", "Firewall")), Is.EqualTo(new[]
        {
            "AllowedRequests: AWS/WAFV2 AllowedRequests WebACL acme-dev Region us-east-2 Rule ALL Sum",
            "BlockedRequests: AWS/WAFV2 BlockedRequests WebACL acme-dev Region us-east-2 Rule ALL Sum",
            "CountedRequests: AWS/WAFV2 CountedRequests WebACL acme-dev Region us-east-2 Rule ALL Sum",
        }));

    [Test]
    public void MissingResources_AreNotShown()
    {
        JObject[] widgets =
            Widgets(new ObservabilityConfig { ContainerInsights = ContainerInsights.Disabled }, database: null, webAcl: null);

        Assert.That(
            widgets.Select(widget => (string?)(widget["properties"]!["markdown"] ?? widget["properties"]!["title"])),
            Is.EqualTo(
                new[]
                {
                    "Alarms",
                    "## Load balancer",
                    "Requests a minute",
                    "Response time, s",
                    "4xx and 5xx a minute",
                    "Hosts",
                    "## Services",
                    "CPU, %",
                    "Memory, %",
                }));
    }

    [Test]
    public void Alarms_StandAtTheTop_AndTheirThresholdsInTheGraphs()
    {
        JObject[] widgets = Widgets();

        Assert.Multiple(() =>
        {
            Assert.That((string?)widgets[0]["type"], Is.EqualTo("alarm"));
            Assert.That(widgets[0]["properties"]!["alarms"]!.Values<string>(), Is.EqualTo(new[] { "arn:alarm:1", "arn:alarm:2" }));
            Assert.That((int?)Graph(widgets, "CPU, %")["annotations"]!["horizontal"]!.Single()["value"], Is.EqualTo(80));
            Assert.That((int?)Graph(widgets, "Memory, %")["annotations"]!["horizontal"]!.Single()["value"], Is.EqualTo(75));
            Assert.That((int?)Graph(widgets, "CPU, %")["yAxis"]!["left"]!["max"], Is.EqualTo(100));
        });
    }

    [Test]
    public void Widgets_FillTheGrid_WithoutOverlap()
    {
        foreach (IGrouping<int, JObject> row in Widgets().GroupBy(widget => (int)widget["y"]!))
        {
            JObject[] widgets = [.. row.OrderBy(widget => (int)widget["x"]!)];
            int x = 0;
            foreach (JObject widget in widgets)
            {
                Assert.That((int)widget["x"]!, Is.EqualTo(x), $"row {row.Key}");
                x += (int)widget["width"]!;
            }
            Assert.That(x, Is.EqualTo(24), $"row {row.Key}");
            Assert.That(widgets.Select(widget => (int)widget["height"]!).Distinct().Count(), Is.EqualTo(1), $"row {row.Key}");
        }
    }

    [Test]
    public void WithoutALoadBalancer_ItsWorkersAreShown()
    {
        JObject dashboard = SynthesizedStack.Of(stack => _ = new RuntimeDashboard(stack, "dashboard", new RuntimeDashboardProps
        {
            Context = SynthesizedStack.Context(),
            Config = new ObservabilityConfig(),
            ClusterName = "acme-dev",
            LoadBalancerArnSuffix = null,
            Services = [new DashboardService("worker", "acme-dev-worker", null)],
            AlarmArns = [],
        }))
            .Single("aws_cloudwatch_dashboard");
        JObject[] widgets = [.. JObject.Parse((string)dashboard["dashboard_body"]!)["widgets"]!.Cast<JObject>()];

        Assert.Multiple(() =>
        {
            Assert.That(widgets.Select(widget => (string?)widget["properties"]!["markdown"]), Has.None.EqualTo("## Load balancer"));
            Assert.That(Lines(Graph(widgets, "CPU, %")).Single(), Does.StartWith("worker: AWS/ECS CPUUtilization"));
        });
    }
}
