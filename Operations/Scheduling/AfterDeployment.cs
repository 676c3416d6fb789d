using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Scheduling;

/// <summary>
/// Prepares the schedule after a deployment of runtime: stores the deployment, and sets an override outside the schedule's hours.
/// </summary>
internal static class AfterDeployment
{
    /// <summary>Does nothing for other stacks, and for an environment without a schedule.</summary>
    public static async Task RunAsync(RunContext context, DeploymentSession session, string stack)
    {
        ScheduleConfig? config = session.Environment.Config.Schedule;
        if (stack != StackNames.Runtime
            || config is null
            || SynthesizedSchedule.Of(session.Access, session.Stack(StackNames.Base)) is not { } schedule)
            return;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        StackFolder runtime = session.Stack(StackNames.Runtime);
        if (schedule.Stored is { } stored)
        {
            if (RequiredVariables.Of(runtime.Json) is { Count: > 0 } variables)
                context.Reporter.Warn(
                    $"the schedule cannot wake runtime: it needs the variables "
                        + $"{string.Join(", ", variables.Select(variable => variable.Name))}");
            await stored.PutAsync(runtime, StoredDeployment.Describe(
                session.Environment.Config.Project, session.Environment.Config.Name, await Commit.OfAsync(context),
                session.Terraform.Version, now), context.Stopping);
        }

        // Otherwise a runtime deployed at night would run until the next evening, or until after the weekend.
        Timetable timetable = Timetable.Of(config);
        string? text = await schedule.OverrideAsync(context.Stopping);
        RuntimeOverride? inForce =
            text is not null && RuntimeOverride.TryParse(text, out RuntimeOverride? found) && found?.IsInForce(now) == true ? found : null;
        if (timetable.IsAwake(now) || inForce is { Awake: true })
            return;
        DateTimeOffset until = now.AddHours(config.OverrideHours);
        if (inForce?.Until < until)
            until = inForce.Until;
        await schedule.RunAtAsync(until, context.Stopping);
        context.Reporter.Warn(
            $"outside the schedule's hours: runtime stays awake until {timetable.Show(until)}, then follows the timetable (./infra wake "
                + "--until TIME to extend)");
    }
}
