using Infra.Configuration.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Sessions;

/// <summary>
/// Asks before people are affected: before any change of an environment marked production, and before destroying one whose data may
/// not be thrown away. The answer is the environment's name, so that a habit of typing y does not help.
/// </summary>
/// <param name="environment">Environment.</param>
/// <param name="yes">Whether the answer was given beforehand.</param>
/// <param name="canAsk">Whether there is somebody to ask.</param>
/// <param name="ask">Asks and returns the answer.</param>
/// <param name="reporter">Shows that the answer was given beforehand.</param>
internal sealed class Confirmation(
    EnvironmentConfig environment, bool yes, bool canAsk, Func<string, CancellationToken, Task<string>> ask, Reporter reporter) : IPlanReview
{
    public async Task ReviewAsync(StackPlan plan, CancellationToken cancellation)
    {
        if (!IsNeeded(plan))
            return;
        await RequireAsync(
            $"{(plan.Destroys ? "destroy" : "change")} {plan.Stack.Name}", environment.Production ? "is marked production" : "holds data that may not be thrown away", cancellation);
    }

    /// <summary>Asks before something that is no plan changes an environment marked production.</summary>
    /// <param name="doing">What is about to be done: <c>publish flask-layer</c>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task BeforeAsync(string doing, CancellationToken cancellation) =>
        environment.Production ? RequireAsync(doing, "is marked production", cancellation) : Task.CompletedTask;

    /// <summary>Asks before something that is no plan replaces or deletes data, unless the environment is disposable.</summary>
    /// <param name="doing">What is about to be done.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task BeforeDataIsReplacedAsync(string doing, CancellationToken cancellation) => environment.Production || !environment.Disposable
        ? RequireAsync(doing, environment.Production ? "is marked production" : "holds data that may not be thrown away", cancellation)
        : Task.CompletedTask;

    private async Task RequireAsync(string doing, string why, CancellationToken cancellation)
    {
        if (yes)
        {
            reporter.Detail($"{environment.Name} {why}; --yes was given");
            return;
        }

        if (!canAsk)
            throw OperationException.BadInput($"{environment.Name} {why} and nobody can be asked here; nothing was changed", "pass --yes to go on without a question");
        string answer = await ask($"{environment.Name} {why}. Type its name to {doing}:", cancellation);
        if (answer != environment.Name)
            throw OperationException.BadInput($"not confirmed: the answer was not {environment.Name}; nothing was changed");
    }

    private bool IsNeeded(StackPlan plan) =>
        plan.HasChanges && (environment.Production || (plan.Destroys && !environment.Disposable));
}
