using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Scheduling;

/// <summary>What a deployment of runtime leaves for the schedule: what it was made from, and, out of hours, a time to go back to sleep.</summary>
internal static class AfterDeployment
{
    /// <summary>Does nothing for other stacks, and for an environment without a schedule.</summary>
    public static async Task RunAsync(RunContext context, DeploymentSession target, string stack)
    {
        ScheduleConfig? config = target.Environment.Config.Schedule;
        if (stack != StackNames.Runtime || config is null || SynthesizedSchedule.Of(target.Access, target.Stack(StackNames.Base)) is not { } schedule)
            return;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        StackFolder runtime = target.Stack(StackNames.Runtime);
        if (schedule.Stored is { } stored)
        {
            if (RequiredVariables.Of(runtime.Json) is { Count: > 0 } variables)
                context.Reporter.Warn($"the schedule cannot wake runtime: it needs the variables {string.Join(", ", variables.Select(variable => variable.Name))}");
            await stored.PutAsync(runtime, StoredDeployment.Describe(
                target.Environment.Config.Project, target.Environment.Config.Name, await Commit.OfAsync(context),
                target.Terraform.Version, now), context.Stopping);
        }

        // What was deployed at night would stay up until the next evening, after a weekend.
        Timetable timetable = Timetable.Of(config);
        string? text = await schedule.OverrideAsync(context.Stopping);
        Override? inForce = text is not null && Override.TryParse(text, out Override? found) && found?.Until > now ? found : null;
        if (timetable.IsAwake(now) || inForce is { Awake: true })
            return;
        DateTimeOffset until = now.AddHours(config.OverrideHours);
        if (inForce?.Until < until)
            until = inForce.Until;
        await schedule.TakeTurnAtAsync(until, context.Stopping);
        context.Reporter.Warn($"out of hours: runtime stays awake until {timetable.Show(until)}, then does what the timetable says (./infra wake --until TIME for longer)");
    }
}
