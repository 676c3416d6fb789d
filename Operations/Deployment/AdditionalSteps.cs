using Infra.Operations.Sessions;

namespace Infra.Operations.Deployment;

/// <summary>Steps that another command adds to a deployment.</summary>
internal sealed record AdditionalSteps
{
    /// <summary>Steps between base and runtime.</summary>
    public required Func<DeploymentSession, IReadOnlyList<DeployStep>> BeforeRuntime { get; init; }

    /// <summary>Steps between runtime and the smoke tests.</summary>
    public required Func<DeploymentSession, IReadOnlyList<DeployStep>> AfterRuntime { get; init; }

    /// <summary>The command that continues after a failure, for the names of the steps that are left.</summary>
    public required Func<IReadOnlyCollection<string>, string> Continue { get; init; }
}

/// <summary>A step of a deployment.</summary>
/// <param name="Name">Name.</param>
/// <param name="RunAsync">Runs it and returns a summary line.</param>
internal sealed record DeployStep(string Name, Func<Task<string>> RunAsync);
