using Newtonsoft.Json.Linq;

namespace Infra.Insight.Targets;

/// <summary>
/// Time until a service is stable. A new target must pass one health check; in a slow case as many as <c>healthy_threshold</c>:
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
/// </summary>
internal static class ServiceStart
{
    /// <summary>Time from its creation until its tasks are healthy.</summary>
    public static TimeSpan Create(StackJson stack, StackElement service, bool slow)
    {
        TimeSpan start = Duration.Steps["taskStart"].Of(slow) + Duration.Steps["stability"].Of(slow);
        if (TargetGroup(stack, service)?.Arguments["health_check"] is not JObject check)
            return start;
        int passes = slow ? (int?)check["healthy_threshold"] ?? 1 : 1;
        return start + TimeSpan.FromSeconds(passes * ((int?)check["interval"] ?? 30));
    }

    /// <summary>Time of a rolling deployment: new tasks become healthy, then connections to the previous ones are drained.</summary>
    public static TimeSpan Deploy(StackJson stack, StackElement service, bool slow) =>
        Create(stack, service, slow) + TimeSpan.FromSeconds(
            double.TryParse(TargetGroup(stack, service)?.Text("deregistration_delay"), out double delay) ? delay : 0);

    private static StackElement? TargetGroup(StackJson stack, StackElement service) =>
        stack.ReferencesOf(service.Arguments["load_balancer"] ?? new JArray()).Select(reference => stack.Find(reference.Address))
            .FirstOrDefault(element => element?.Type == "aws_lb_target_group");
}
