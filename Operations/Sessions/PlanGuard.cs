using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;

namespace Infra.Operations.Sessions;

/// <summary>
/// Stops a deployment that would destroy or replace what holds data, unless each such resource is named on the command line or in the
/// environment file. A plan to destroy is confirmed with its environment's name, and <see cref="DestroyProtection"/> checks it.
/// </summary>
/// <param name="environment">Environment.</param>
/// <param name="disposable">Whether its data may be lost.</param>
/// <param name="named">Addresses from the command line.</param>
/// <param name="today">Day on which entries of the environment file are valid or expired.</param>
/// <param name="reporter">Shows what is lost because it was named.</param>
internal sealed class PlanGuard(
    EnvironmentConfig environment, bool disposable, IReadOnlyCollection<string> named, DateOnly today, Reporter reporter) : IPlanReview
{
    /// <summary>Option of the command line that names an address.</summary>
    public const string AllowDataLoss = "--allow-data-loss";

    /// <summary>The guard of a session.</summary>
    /// <param name="session">Session.</param>
    /// <param name="named">Addresses from the command line.</param>
    /// <param name="reporter">Shows what is lost because it was named.</param>
    public static PlanGuard Of(DeploymentSession session, IReadOnlyCollection<string> named, Reporter reporter) =>
        new(session.Environment.Config, session.IsDisposable, named, DateOnly.FromDateTime(DateTime.UtcNow), reporter);

    public Task ReviewAsync(StackPlan plan, CancellationToken cancellation)
    {
        if (disposable || plan.Destroys)
            return Task.CompletedTask;
        foreach (DataLoss loss in DataLoss.Of(plan.Changes).Where(loss => IsNamed(loss.Address)))
            reporter.Warn($"  allowed: {loss}");
        IReadOnlyList<DataLoss> unnamed = Refused(plan);
        if (unnamed.Count == 0)
            return Task.CompletedTask;
        string options = string.Join(' ', unnamed.Select(loss => $"{AllowDataLoss} {loss.Address}"));
        throw new OperationException(
            ExitCode.DataAtRisk,
            $"the plan of {plan.Stack.Name} destroys what cannot be recreated; it was not applied",
            string.Join('\n',
            [
                .. unnamed.Select(loss => loss.ToString()),
                .. unnamed.Select(loss => loss.Moved).OfType<string>().Select(block => $"if it was only renamed, keep it with:\n{block}"),
                $"to allow it: {options}, or entries in \"allowDataLoss\" of the environment file",
            ]));
    }

    /// <summary>What the plan loses and nobody has named, so that it is not applied; empty for a plan to destroy.</summary>
    public IReadOnlyList<DataLoss> Refused(StackPlan plan) =>
        plan.Destroys ? [] : Unnamed(plan.Changes);

    /// <summary>What changes lose and nobody has named.</summary>
    public IReadOnlyList<DataLoss> Unnamed(IReadOnlyList<ResourceChange> changes) =>
        disposable ? [] : [.. DataLoss.Of(changes).Where(loss => !IsNamed(loss.Address))];

    private bool IsNamed(string address) =>
        named.Contains(address, StringComparer.Ordinal)
        || environment.AllowDataLoss.Any(entry => entry.Address == address && entry.LastDay >= today);
}
