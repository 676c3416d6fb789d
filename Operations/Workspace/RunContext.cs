using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Workspace;

/// <summary>Everything that commands share in one run.</summary>
internal sealed class RunContext(
    Checkout checkout, EnvironmentVariables variables, Reporter reporter, Interruption interruption, Synthesize synthesize, LogFile log)
{
    public Checkout Checkout { get; } = checkout;

    public EnvironmentVariables Variables { get; } = variables;

    public Reporter Reporter { get; } = reporter;

    public Interruption Interruption { get; } = interruption;

    public Synthesize Synthesize { get; } = synthesize;

    public LogFile Log { get; } = log;

    public ProcessRunner Runner { get; } = new(interruption, variables);

    /// <summary>The same with another reporter.</summary>
    public RunContext With(Reporter other) => new(Checkout, Variables, other, Interruption, Synthesize, Log);

    /// <summary>Cancelled when the run is interrupted.</summary>
    public CancellationToken Stopping => Interruption.Soft;
}
