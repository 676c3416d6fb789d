using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Aws;

namespace Infra.Operations.Sessions;

/// <summary>Outputs of an environment, read from its state; those of a stack that is not deployed are empty.</summary>
/// <param name="Base">Outputs of base.</param>
/// <param name="Runtime">Outputs of runtime.</param>
internal sealed record DeployedOutputs(BaseOperatorOutputs Base, RuntimeOutputs Runtime)
{
    public static async Task<DeployedOutputs> ReadAsync(StateBucket state, Names names, CancellationToken cancellation) => new(
        BaseOperatorOutputs.Read(await state.OutputsAsync(names.StateKey(StackNames.Base), cancellation)),
        await ReadRuntimeAsync(state, names, cancellation));

    /// <summary>Only those of runtime, which a release reads several times.</summary>
    public static async Task<RuntimeOutputs> ReadRuntimeAsync(StateBucket state, Names names, CancellationToken cancellation) =>
        RuntimeOutputs.Read(await state.OutputsAsync(names.StateKey(StackNames.Runtime), cancellation));
}
