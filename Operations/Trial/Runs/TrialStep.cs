using Infra.Operations.Output;

namespace Infra.Operations.Trial.Runs;

/// <summary>One step of a trial.</summary>
internal abstract class TrialStep
{
    /// <summary>Name, for <c>--skip</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, as one imperative sentence.</summary>
    public abstract string Description { get; }

    /// <summary>Expected time on AWS.</summary>
    public abstract TimeSpan Expected { get; }

    /// <summary>Whether it can be skipped.</summary>
    public virtual bool CanBeSkipped => true;

    /// <exception cref="OperationException">It failed.</exception>
    public abstract Task RunAsync(TrialRun run);

    /// <summary>Throws if a condition is not met.</summary>
    protected static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw OperationException.Failed(otherwise);
    }
}
