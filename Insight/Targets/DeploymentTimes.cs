namespace Infra.Insight.Targets;

/// <summary>Expected times of an environment's deployments, computed from its synthesized stacks.</summary>
/// <param name="Base">Base is created, once.</param>
/// <param name="Wake">Runtime is created from nothing, by the schedule's build where it has one.</param>
/// <param name="Deployment">A change of every service: plans of both stacks and rolling deployments.</param>
public sealed record DeploymentTimes(TimeSpan Base, TimeSpan Wake, TimeSpan Deployment)
{
    /// <param name="stacks">Base and runtime.</param>
    /// <param name="slow">Whether every step takes as long as in a slow case.</param>
    public static DeploymentTimes Of(IReadOnlyList<StackJson> stacks, bool slow)
    {
        StackJson baseStack = stacks.Single(stack => stack.Name == "base");
        StackJson runtime = stacks.Single(stack => stack.Name == "runtime");
        TimeSpan prepare = Duration.Steps["prepare"].Of(slow);
        TimeSpan build = baseStack.Resources.Any(resource => resource.Type == "aws_scheduler_schedule")
            ? Duration.Steps["build"].Of(slow)
            : TimeSpan.Zero;
        TimeSpan rollout = runtime.Resources.Where(resource => resource.Type == "aws_ecs_service")
            .Select(service => ServiceStart.Deploy(runtime, service, slow)).DefaultIfEmpty(TimeSpan.Zero).Max();
        return new DeploymentTimes(
            prepare + CriticalPath.Of(baseStack, slow).Total,
            build + prepare + CriticalPath.Of(runtime, slow).Total,
            prepare + prepare + rollout);
    }
}
