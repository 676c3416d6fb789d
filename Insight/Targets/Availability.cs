using Newtonsoft.Json.Linq;

namespace Infra.Insight.Targets;

/// <summary>
/// Availability of an environment, as the product of the service levels of its parts. It is a lower bound: every request is counted as
/// if it needed every database and table.
/// </summary>
public static class Availability
{
    /// <param name="stacks">Base and runtime.</param>
    public static IReadOnlyList<AvailabilityPath> Of(IReadOnlyList<StackJson> stacks)
    {
        StackElement[] all = [.. stacks.Where(stack => stack.Name is "base" or "runtime").SelectMany(stack => stack.Resources)];
        bool Has(string type) => all.Any(resource => resource.Type == type);
        string[] dns = Has("aws_route53_record") ? ["route53"] : [];
        string[] data =
        [
            .. all.Where(resource => resource.Type == "aws_db_instance").Select(database => HasStandby(database) ? "rds" : "rdsSingle"),
            .. Has("aws_dynamodb_table") ? new[] { "dynamodb" } : [],
        ];
        var paths = new List<AvailabilityPath>();
        foreach (IGrouping<bool, StackElement> services in all.Where(IsBehindLoadBalancer).GroupBy(service => Tasks(service, all) > 1))
        {
            string names = string.Join(", ", services.Select(service => service.Name).Order(StringComparer.Ordinal));
            paths.Add(Path($"requests to {names}", [.. dns, "alb", services.Key ? "fargate" : "fargateSingle", .. data]));
        }

        if (Has("aws_cognito_user_pool"))
            paths.Add(Path("sign-in", ["cognito"]));
        if (Has("aws_cloudfront_distribution"))
            paths.Add(Path("static sites", [.. dns, "cloudfront", "s3"]));
        return paths;
    }

    /// <summary>Fewest tasks that a service runs, scheduled changes of its limits included.</summary>
    internal static int Tasks(StackElement service, IReadOnlyList<StackElement> all)
    {
        string reference = $"{service.Address}.";
        StackElement[] targets = [.. all.Where(each => each.Type == "aws_appautoscaling_target" && Names(each, reference))];
        IEnumerable<int> scheduled =
            from action in all
            where action.Type == "aws_appautoscaling_scheduled_action"
                && targets.Any(target => Names(action, $"{target.Address}."))
            select (int?)action.Arguments.SelectToken("scalable_target_action.min_capacity") into minimum
            where minimum is not null
            select minimum.Value;
        int desired = (int?)service.Arguments["desired_count"] ?? 1;
        return targets.Select(target => (int?)target.Arguments["min_capacity"] ?? desired).Concat(scheduled).Append(desired).Min();
    }

    private static bool Names(StackElement element, string reference) =>
        element.Text("resource_id")?.Contains(reference, StringComparison.Ordinal) == true;

    private static bool IsBehindLoadBalancer(StackElement resource) =>
        resource.Type == "aws_ecs_service" && resource.Arguments["load_balancer"] is JArray { Count: > 0 };

    private static bool HasStandby(StackElement database) => (bool?)database.Arguments["multi_az"] == true;

    private static AvailabilityPath Path(string name, IEnumerable<string> parts) =>
        new(name, [.. parts.Select(part => ServiceLevel.All[part])]);
}
