using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

internal static class Backlogs
{
    [Rule("services/backlog",
        "Autoscaling by the backlog of a queue is of a queue that the service receives from, has Container Insights, and keeps a task.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            if (service.Autoscaling is not { BacklogPerTask.Count: > 0 } scaling)
                continue;
            string path = ConfigPath.Join("services", name);
            string backlog = $"{path}.autoscaling.backlogPerTask";
            foreach (string queue in scaling.BacklogPerTask.Keys)
                if (!config.Queues.ContainsKey(queue))
                    yield return new RuleViolation(ConfigPath.Join(backlog, queue),
                        $"{Scalars.Show(queue)} is not a queue{ClosestMatch.Known(queue, [.. config.Queues.Keys], "queues")}", "queues");
                else if (!QueueUse.Receives(service.Uses, queue))
                    yield return new RuleViolation(ConfigPath.Join(backlog, queue),
                        $"is of a queue that the service does not receive from; add {Scalars.Show($"{queue}:{QueueUse.Receive}")} to its "
                            + "uses.queues", $"{path}.uses");
            // The number of running tasks is a metric of Container Insights.
            // https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
            if (config.Observability.ContainerInsights == ContainerInsights.Disabled)
                yield return new RuleViolation(
                    backlog, "needs Container Insights, which counts the tasks; set observability.containerInsights to enabled",
                    "observability.containerInsights");
            foreach (RuleViolation violation in WithoutTasks($"{path}.autoscaling", scaling))
                yield return violation;
        }
    }

    // Without tasks there is no backlog per task: the division by zero has no data, and the service would stay at zero.
    private static IEnumerable<RuleViolation> WithoutTasks(string path, AutoscalingConfig scaling)
    {
        const string Message = "0 with backlogPerTask: without tasks there is no backlog per task, and no task is added; nearest: 1";
        if (scaling.Min == 0)
            yield return new RuleViolation($"{path}.min", Message, $"{path}.backlogPerTask");
        foreach ((string at, ScheduledScalingConfig limits) in scaling.Schedules)
            if (limits.Min == 0 && (limits.Max ?? scaling.Max) > 0)
                yield return new RuleViolation(
                    $"{ConfigPath.Join($"{path}.schedules", at)}.min", Message, $"{path}.backlogPerTask", $"{path}.max");
    }
}
