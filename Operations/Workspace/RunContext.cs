using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Workspace;

/// <summary>Everything that commands share in one run.</summary>
internal sealed class RunContext(
    Checkout checkout, EnvironmentVariables variables, Reporter reporter, Interruption interruption, Synthesize synthesize, LogFile log)
{
    private Reporter? _output;

    public Checkout Checkout { get; } = checkout;

    public EnvironmentVariables Variables { get; } = variables;

    public Reporter Reporter { get; } = reporter;

    public Interruption Interruption { get; } = interruption;

    public Synthesize Synthesize { get; } = synthesize;

    public LogFile Log { get; } = log;

    public ProcessRunner Runner { get; } = new(interruption, variables);

    /// <summary>The same with another reporter.</summary>
    public RunContext With(Reporter other) => new(Checkout, Variables, other, Interruption, Synthesize, Log);

    /// <summary>The same for output as JSON: only <see cref="Report"/> writes to standard output.</summary>
    public RunContext ForJson() =>
        new(Checkout, Variables, Reporter.OnlyProblems(), Interruption, Synthesize, Log) { _output = Reporter };

    /// <summary>Outputs the result of a command as JSON; does nothing if the user wants text.</summary>
    /// <param name="result">Object or array.</param>
    public void Report(JToken result) => _output?.Line(result.ToString(Formatting.Indented));

    /// <summary>Cancelled when the run is interrupted.</summary>
    public CancellationToken Stopping => Interruption.Soft;
}
