using Infra.Operations.Output;

namespace Infra.Operations.Trial.Runs;

/// <summary>One step of a trial.</summary>
internal abstract class TrialStep
{
    /// <summary>Name, as <c>--skip</c> takes it.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, as one imperative sentence.</summary>
    public abstract string Description { get; }

    /// <summary>Time that it takes on AWS.</summary>
    public abstract TimeSpan Expected { get; }

    /// <summary>Whether it can be left out.</summary>
    public virtual bool CanBeSkipped => true;

    /// <exception cref="OperationException">It did not go as it should.</exception>
    public abstract Task RunAsync(TrialRun run);

    /// <summary>Fails unless something is so.</summary>
    protected static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw OperationException.Failed(otherwise);
    }
}
