using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>System D: names and numbers of its requirements.</summary>
internal sealed class DurableCodeTests
{
    private static SynthesizedStack Base => Example.DurableCode.Base;

    private static SynthesizedStack Runtime => Example.DurableCode.Runtime;

    [Test, Property("Row", "D2")]
    public void Network_HasBothKindsOfSubnetsInTwoZones()
    {
        string?[] Zones(string kind) =>
            [.. Base.Ids("aws_subnet").Where(id => id.StartsWith(kind, StringComparison.Ordinal))
                .Select(id => (string?)Base.Resource("aws_subnet", id)["availability_zone"])];

        Assert.Multiple(() =>
        {
            Assert.That(Zones("public"), Is.EqualTo(new[] { "us-west-2a", "us-west-2b" }));
            Assert.That(Zones("private"), Is.EqualTo(new[] { "us-west-2a", "us-west-2b" }));
            Assert.That(Base.Ids("aws_internet_gateway"), Has.Count.EqualTo(1));
            Assert.That(Runtime.Ids("aws_nat_gateway"), Has.Count.EqualTo(1));
            Assert.That(Base.Ids("aws_security_group"), Is.EqualTo(new[] { "alb-sg", "ecs-sg" }));
        });
    }

    [TestCase("backend"), TestCase("frontend")]
    [Property("Row", "D3")]
    public void Repository_KeepsTenImages_AndIsPushedAndPulledByTheRightRoles(string service)
    {
        JToken rules = SynthesizedStack.Policy(Base.Resource("aws_ecr_lifecycle_policy", $"repository-{service}")["policy"])["rules"]!;
        string arn = $"${{aws_ecr_repository.repository-{service}.arn}}";
        JObject push = SynthesizedStack.Statement(
            SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", "github-delivery_deliver")["policy"]), "Push");
        JObject pull = SynthesizedStack.Statement(
            SynthesizedStack.Policy(Base.Resource("aws_iam_role_policy", $"{service}-execution_start")["policy"]), "Pull");

        Assert.Multiple(() =>
        {
            Assert.That(
                (bool?)Base.Resource("aws_ecr_repository", $"repository-{service}")["image_scanning_configuration"]!["scan_on_push"],
                Is.True);
            Assert.That(rules.Select(rule => $"{rule["selection"]!["tagStatus"]} {rule["selection"]!["countNumber"]}"),
                Is.EqualTo(new[] { "untagged 7", "tagged 20", "tagged 10" }));
            Assert.That(push["Resource"]!.Values<string>(), Does.Contain(arn));
            Assert.That((string?)pull["Resource"], Is.EqualTo(arn), "its own repository alone");
        });
    }

    [TestCase("backend", "512", "1024", 8000, "/health"), TestCase("frontend", "256", "512", 3000, "/")]
    [Property("Row", "D4"), Property("Row", "D5")]
    public void Service_HasItsSizeTasksAndHealthCheck(string name, string cpu, string memory, int port, string health)
    {
        JObject task = Runtime.Resource("aws_ecs_task_definition", name);
        JObject service = Runtime.Resource("aws_ecs_service", name);
        JObject target = Runtime.Resource("aws_lb_target_group", name);

        Assert.Multiple(() =>
        {
            Assert.That((string?)task["cpu"], Is.EqualTo(cpu));
            Assert.That((string?)task["memory"], Is.EqualTo(memory));
            Assert.That((int?)service["desired_count"], Is.EqualTo(2));
            Assert.That((int?)service["health_check_grace_period_seconds"], Is.EqualTo(60));
            Assert.That(
                (int?)service["deployment_minimum_healthy_percent"], Is.EqualTo(100), "rolling: nobody is without a task meanwhile");
            Assert.That((int?)service["load_balancer"]!.Single()["container_port"], Is.EqualTo(port));
            Assert.That((string?)target["health_check"]!["path"], Is.EqualTo(health));
        });
    }

    [Test, Property("Row", "D4")]
    public void Cluster_HasContainerInsights() =>
        Assert.That((string?)Runtime.Single("aws_ecs_cluster")["setting"]!.Single()["value"], Is.EqualTo("enabled"));

    [Test, Property("Row", "D4")]
    public void Configuration_ComesFromParameterStore()
    {
        JObject container = ContainerText.Parse(Runtime.Resource("aws_ecs_task_definition", "backend")["container_definitions"]);

        Assert.Multiple(() =>
        {
            Assert.That(container["secrets"]!.Select(secret => $"{secret["name"]}={secret["valueFrom"]}"), Is.EqualTo(new[]
            {
                "API_KEY=arn:aws:ssm:us-west-2:111111111111:parameter/dev/durable-code-test/api_key",
                "CORS_ORIGINS=arn:aws:ssm:us-west-2:111111111111:parameter/dev/durable-code-test/backend/cors-origins",
                "LOG_LEVEL=arn:aws:ssm:us-west-2:111111111111:parameter/dev/durable-code-test/backend/log-level",
            }));
            Assert.That((string?)Base.Resource("aws_ssm_parameter", "parameter-backend_log-level")["name"],
                Is.EqualTo("/dev/durable-code-test/backend/log-level"));
            Assert.That((string?)Base.Resource("aws_ssm_parameter", "parameter-backend_log-level")["insecure_value"], Is.EqualTo("info"));
        });
    }

    [Test, Property("Row", "D5")]
    public void OneHost_IsSharedByPaths_TheMoreSpecificFirst()
    {
        JObject backend = Runtime.Resource("aws_lb_listener_rule", "backend");
        JObject frontend = Runtime.Resource("aws_lb_listener_rule", "frontend");

        Assert.Multiple(() =>
        {
            Assert.That(backend["condition"]![0]!["host_header"]!["values"]!.Values<string>(), Is.EqualTo(new[] { "dev.example.com" }));
            Assert.That(backend["condition"]![1]!["path_pattern"]!["values"]!.Values<string>(), Is.EqualTo(new[] { "/api/*", "/health" }));
            Assert.That(
                frontend["condition"]!.Single()["host_header"]!["values"]!.Values<string>(), Is.EqualTo(new[] { "dev.example.com" }));
            Assert.That((int)backend["priority"]!, Is.LessThan((int)frontend["priority"]!));
        });
    }

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void LoadBalancer_ServesHttps_AndSendsHttpThere()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)Runtime.Resource("aws_lb_listener", "https")["ssl_policy"], Does.StartWith("ELBSecurityPolicy-TLS13-1-2-"));
            Assert.That((string?)Runtime.Resource("aws_lb_listener", "redirect")["default_action"]!.Single()["redirect"]!["protocol"],
                Is.EqualTo("HTTPS"));
        });
    }

    [Test, Property("Row", "D10")]
    public void Backend_ScalesWithinHours()
    {
        JObject evening = Runtime.Resource("aws_appautoscaling_scheduled_action", "backend_evening");

        Assert.Multiple(() =>
        {
            Assert.That((int?)Runtime.Resource("aws_appautoscaling_target", "backend")["max_capacity"], Is.EqualTo(4));
            Assert.That(Runtime.Ids("aws_appautoscaling_policy"), Is.EqualTo(new[] { "backend_cpu", "backend_memory" }));
            Assert.That((string?)evening["timezone"], Is.EqualTo("America/New_York"));
            Assert.That((int?)evening["scalable_target_action"]!["min_capacity"], Is.EqualTo(1));
        });
    }

    [Test, Property("Row", "D8")]
    public void Alarms_ExistForEveryService_AndNotifyOneTopic()
    {
        string[] alarms = [.. Runtime.Ids("aws_cloudwatch_metric_alarm")];
        JObject cpu = Runtime.Resource("aws_cloudwatch_metric_alarm", "backend_cpu");

        Assert.Multiple(() =>
        {
            foreach (string service in new[] { "backend", "frontend" })
                Assert.That(alarms, Is.SupersetOf(new[] { "cpu", "memory", "5xx", "unhealthy-hosts" }.Select(what => $"{service}_{what}")));
            Assert.That(alarms, Does.Contain("alb_5xx"));
            Assert.That(
                $"{cpu["comparison_operator"]} {cpu["threshold"]} {cpu["evaluation_periods"]}", Is.EqualTo("GreaterThanThreshold 80 2"));
            Assert.That((string?)Base.Single("aws_sns_topic_subscription")["endpoint"], Is.EqualTo("alerts@example.com"));
            Assert.That((string?)Base.Single("aws_chatbot_slack_channel_configuration")["slack_channel_id"], Is.EqualTo("C07EZ1ABC23"));
        });
    }

    [Test, Property("Row", "D8")]
    public void Dashboard_NamesEveryAlarmThatThereIs()
    {
        JToken widget = JObject.Parse((string)Runtime.Single("aws_cloudwatch_dashboard")["dashboard_body"]!)["widgets"]![0]!;
        IEnumerable<string> made = new[] { Base, Runtime }
            .SelectMany(stack => stack.Ids("aws_cloudwatch_metric_alarm")
                .Select(id => (string)stack.Resource("aws_cloudwatch_metric_alarm", id)["alarm_name"]!))
            .Select(name => $"arn:aws:cloudwatch:us-west-2:111111111111:alarm:{name}");

        Assert.That(widget["properties"]!["alarms"]!.Values<string>(), Is.EquivalentTo(made));
    }

    [Test, Property("Row", "D9"), Property("Row", "S14")]
    public void Firewall_IsAssociatedWithTheLoadBalancer()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)Runtime.Single("aws_wafv2_web_acl_association")["resource_arn"], Is.EqualTo("${aws_lb.alb.arn}"));
            Assert.That(Runtime.Single("aws_wafv2_web_acl")["rule"]!.Select(rule => (string?)rule["name"]), Is.EqualTo(new[]
            {
                "denied-addresses", "rate", "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet",
                "AWSManagedRulesKnownBadInputsRuleSet",
            }));
            Assert.That(
                (string?)Base.Resource("aws_cloudwatch_log_group", "waf-logs")["name"], Is.EqualTo("aws-waf-logs-durable-code-test"),
                "AWS WAF takes this beginning alone");
            Assert.That((int?)Base.Resource("aws_cloudwatch_log_group", "waf-logs")["retention_in_days"], Is.EqualTo(30));
            Assert.That(
                Runtime.Single("aws_wafv2_web_acl_logging_configuration")["log_destination_configs"]!.Values<string>(),
                Is.EqualTo(new[] { "arn:aws:logs:us-west-2:111111111111:log-group:aws-waf-logs-durable-code-test" }));
        });
    }

    [Test, Property("Row", "D11")]
    public void Backup_RunsDailyAtTwo_AndImagesAreInASecondRegion()
    {
        JToken rule = Base.Single("aws_backup_plan")["rule"]!.Single();
        JToken replication = Base.Single("aws_ecr_replication_configuration")["replication_configuration"]!["rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That($"{rule["schedule"]} {rule["schedule_expression_timezone"]}", Is.EqualTo("cron(0 2 * * ? *) America/New_York"));
            Assert.That((string?)Base.Single("aws_backup_vault")["name"], Is.EqualTo("durable-code-test"));
            Assert.That((string?)replication["destination"]!.Single()["region"], Is.EqualTo("us-east-2"));
            Assert.That(replication["repository_filter"]!.Select(filter => (string?)filter["filter"]),
                Is.EqualTo(new[] { "durable-code-test-backend", "durable-code-test-frontend" }));
        });
    }

    [Test, Property("Row", "D10"), Property("Row", "D13"), Property("Row", "H10")]
    public void Budget_IsSixtyDollarsAMonth()
    {
        JObject budget = Base.Single("aws_budgets_budget");

        Assert.Multiple(() =>
        {
            Assert.That($"{budget["limit_amount"]} {budget["limit_unit"]}", Is.EqualTo("60.0 USD"));
            Assert.That(budget["notification"]!.Select(n => $"{n["notification_type"]} {n["threshold"]}"),
                Is.EqualTo(new[] { "ACTUAL 50", "ACTUAL 80", "ACTUAL 100", "FORECASTED 100" }));
        });
    }
}
