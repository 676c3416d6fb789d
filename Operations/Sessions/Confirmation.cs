using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Plans;

namespace Infra.Operations.Sessions;

/// <summary>
/// Requires a confirmation before any change of an environment marked production, and before destroying an environment that is not
/// disposable. The answer is the environment's name, so that it cannot be confirmed by habit with y.
/// </summary>
/// <param name="environment">Environment.</param>
/// <param name="yes">Whether --yes was given.</param>
/// <param name="canAsk">Whether the user can be prompted.</param>
/// <param name="ask">Prompts and returns the answer.</param>
/// <param name="reporter">Shows that --yes was given.</param>
internal sealed class Confirmation(
    EnvironmentConfig environment, bool yes, bool canAsk, Func<string, CancellationToken, Task<string>> ask, Reporter reporter)
        : IPlanReview
{
    /// <summary>A confirmation in the terminal, unless <c>--yes</c> was given.</summary>
    public Confirmation(EnvironmentConfig environment, SessionOptions options, Reporter reporter)
        : this(environment, options.Yes, reporter.CanAsk, reporter.AskAsync, reporter)
    {
    }

    private const string NotDisposable = "is not disposable: it holds data";

    public async Task ReviewAsync(StackPlan plan, CancellationToken cancellation)
    {
        if (!IsNeeded(plan))
            return;
        await RequireAsync(
            $"{(plan.Destroys ? "destroy" : "change")} {plan.Stack.Name}",
            environment.Production ? "is marked production"
                : DataLoss.Of(plan.Changes).Count > 0 ? NotDisposable : "is not disposable",
            cancellation);
    }

    /// <summary>Requires a confirmation before a change without a plan to an environment marked production.</summary>
    /// <param name="doing">The operation: <c>publish flask-layer</c>.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task BeforeAsync(string doing, CancellationToken cancellation) =>
        environment.Production ? RequireAsync(doing, "is marked production", cancellation) : Task.CompletedTask;

    /// <summary>
    /// Requires a confirmation before a change without a plan that replaces or deletes data, unless the environment is disposable.
    /// </summary>
    /// <param name="doing">The operation.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task BeforeDataIsReplacedAsync(string doing, CancellationToken cancellation) => environment.Production || !environment.Disposable
        ? RequireAsync(doing, environment.Production ? "is marked production" : NotDisposable, cancellation)
        : Task.CompletedTask;

    private async Task RequireAsync(string doing, string why, CancellationToken cancellation)
    {
        if (yes)
        {
            reporter.Detail($"{environment.Name} {why}; --yes was given");
            return;
        }

        if (!canAsk)
            throw OperationException.BadInput(
                $"{environment.Name} {why} and a confirmation is required; nothing was changed", "pass --yes to continue without a prompt");
        string answer = await ask($"{environment.Name} {why}. Type its name to {doing}:", cancellation);
        if (answer != environment.Name)
            throw OperationException.BadInput($"not confirmed: the answer was not {environment.Name}; nothing was changed");
    }

    private bool IsNeeded(StackPlan plan) =>
        plan.HasChanges && (environment.Production || (plan.Destroys && !environment.Disposable));
}
