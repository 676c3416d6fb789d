using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Costs;

/// <summary>Charges of a resource per hour or month, whether it is used or not.</summary>
internal sealed class Meter(PriceList prices, IReadOnlyList<StackJson> stacks)
{
    /// <summary>Charges of a resource for a month; none for resources that are charged by use or free.</summary>
    public IEnumerable<(string What, decimal Usd)> Of(StackJson stack, StackElement resource) => resource.Type switch
    {
        "aws_nat_gateway" => [("NAT gateway", prices.Month("nat-gateway-hour"))],
        "aws_eip" => [("public IPv4 address", prices.Month("public-ipv4-hour"))],
        "aws_lb" => LoadBalancer(resource),
        "aws_ecs_service" => Tasks(stack, resource),
        "aws_instance" => Instance(resource),
        "aws_vpc_endpoint" => Endpoint(resource),
        "aws_db_instance" => Database(resource),
        "aws_kms_key" => [("key", prices["key-month"])],
        "aws_secretsmanager_secret" => [("secret", prices["secret-month"])],
        "aws_route53_zone" => [("zone", prices["zone-month"])],
        "aws_cloudwatch_metric_alarm" => Alarm(resource),
        "aws_cloudwatch_composite_alarm" => [("composite alarm", prices["composite-alarm-month"])],
        "aws_cloudwatch_dashboard" => [("dashboard", prices["dashboard-month"])],
        "aws_wafv2_web_acl" => WebAcl(resource),
        _ => [],
    };

    private IEnumerable<(string, decimal)> LoadBalancer(StackElement resource)
    {
        yield return ("load balancer", prices.Month("load-balancer-hour"));
        if ((bool?)resource.Arguments["internal"] != true && Length(resource.Arguments["subnets"]) is > 0 and var zones)
            yield return ($"{zones} public IPv4 addresses", zones * prices.Month("public-ipv4-hour"));
    }

    private IEnumerable<(string, decimal)> Tasks(StackJson stack, StackElement service)
    {
        if (stack.ReferencesOf(service.Arguments["task_definition"] ?? "").Select(reference => stack.Find(reference.Address))
            .FirstOrDefault(
            element => element?.Type == "aws_ecs_task_definition") is not { } task)
            yield break;
        decimal vcpu = Number(task.Arguments["cpu"]) / 1024;
        decimal gib = Number(task.Arguments["memory"]) / 1024;
        string architecture = (string?)One(task.Arguments["runtime_platform"])?["cpu_architecture"] == "ARM64" ? "arm" : "x86";
        decimal count = service.Arguments["desired_count"] is { } desired ? Number(desired) : 1;
        decimal onDemand = prices.Month($"fargate-{architecture}-vcpu-hour") * vcpu
            + prices.Month($"fargate-{architecture}-gib-hour") * gib;
        decimal spot = SpotTasks(service, count);
        string size = string.Create(CultureInfo.InvariantCulture, $"of {vcpu:0.##} vCPU, {gib:0.##} GiB, {architecture}");
        if (count - spot > 0)
            yield return (string.Create(CultureInfo.InvariantCulture, $"{count - spot:0.##} tasks {size}"), (count - spot) * onDemand);
        if (spot > 0)
            yield return (string.Create(CultureInfo.InvariantCulture, $"{spot:0.##} spot tasks {size}"),
                spot * onDemand * prices["fargate-spot-share"]);
    }

    /// <summary>Tasks that the strategy puts on Spot: bases first, the rest by weights.</summary>
    private static decimal SpotTasks(StackElement service, decimal count)
    {
        JObject[] strategy = [.. (service.Arguments["capacity_provider_strategy"] as JArray ?? []).OfType<JObject>()];
        decimal weights = strategy.Sum(item => Number(item["weight"]));
        if (weights == 0)
            return 0;
        decimal based = Math.Min(count, strategy.Sum(item => Number(item["base"])));
        decimal spot = 0;
        foreach (JObject item in strategy.Where(item => (string?)item["capacity_provider"] == "FARGATE_SPOT"))
            spot += Math.Min(count, Number(item["base"])) + (count - based) * Number(item["weight"]) / weights;
        return spot;
    }

    private IEnumerable<(string, decimal)> Instance(StackElement resource)
    {
        string type = resource.Text("instance_type") ?? "unknown";
        if (prices.Find($"instance-{type}-hour") is { } hour)
            yield return (type, hour * prices.HoursPerMonth);
        if (One(resource.Arguments["root_block_device"])?["volume_size"] is { } size)
            yield return ($"{Number(size):0} GiB volume", Number(size) * prices["volume-gp3-gib-month"]);
    }

    private IEnumerable<(string, decimal)> Endpoint(StackElement resource)
    {
        if (resource.Text("vpc_endpoint_type") == "Interface" && Length(resource.Arguments["subnet_ids"]) is > 0 and var zones)
            yield return ($"interface endpoint in {zones} zones", zones * prices.Month("interface-endpoint-hour"));
    }

    private IEnumerable<(string, decimal)> Database(StackElement resource)
    {
        string type = resource.Text("instance_class") ?? "unknown";
        int copies = (bool?)resource.Arguments["multi_az"] == true ? 2 : 1;
        string zones = copies == 2 ? " in two zones" : "";
        if (prices.Find($"database-{type}-hour") is { } hour)
            yield return (type + zones, copies * hour * prices.HoursPerMonth);
        decimal size = Number(resource.Arguments["allocated_storage"]);
        yield return ($"{size:0} GiB{zones}", copies * size * prices["database-gp3-gib-month"]);
        if ((bool?)resource.Arguments["manage_master_user_password"] == true)
            yield return ("secret of the master user", prices["secret-month"]);
    }

    private IEnumerable<(string, decimal)> Alarm(StackElement resource)
    {
        // An alarm on an expression is paid for each metric in it.
        int metrics =
            Math.Max(1, (resource.Arguments["metric_query"] as JArray)?.OfType<JObject>().Count(query => query["metric"] is not null) ?? 0);
        yield return (metrics == 1 ? "alarm" : $"alarm on {metrics} metrics", metrics * prices["alarm-month"]);
    }

    private IEnumerable<(string, decimal)> WebAcl(StackElement resource)
    {
        int rules = Length(resource.Arguments["rule"]);
        yield return ($"web ACL with {rules} rules", prices["web-acl-month"] + rules * prices["web-acl-rule-month"]);
    }

    /// <summary>How long a list is: as written, or, where it is another's output, as that stack writes it.</summary>
    private int Length(JToken? list)
    {
        if (list is JArray items)
            return items.Count;
        return list is null || !Reference.In(list).Any() ? 0
            : Reference.In(list).Select(reference => reference.Attribute.Split('.') is ["outputs", var output]
                ? stacks.Select(stack => stack.Json.SelectToken($"output.{output}.value")).OfType<JArray>().FirstOrDefault()?.Count ?? 0
                : 0).Max();
    }

    private static JObject? One(JToken? block) => block as JObject ?? (block as JArray)?.OfType<JObject>().FirstOrDefault();

    private static decimal Number(JToken? value) => value switch
    {
        JValue { Type: JTokenType.Integer or JTokenType.Float } number => (decimal)number,
        JValue { Type: JTokenType.String } text when decimal.TryParse(
            (string?)text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal parsed) => parsed,
        _ => 0,
    };
}
