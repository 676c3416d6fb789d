using Infra.Configuration.Findings;
using Infra.Operations.Output;

namespace Infra.Operations.Findings;

/// <summary>An environment that has errors, which are already shown as text.</summary>
internal sealed class FindingsException(string message, IReadOnlyList<Finding> findings) : OperationException(ExitCode.BadInput, message)
{
    public IReadOnlyList<Finding> Findings { get; } = findings;

    /// <summary>Ends a verb that has read several environments.</summary>
    public static void ThrowIfAny(IReadOnlyList<FindingsException> invalid)
    {
        if (invalid.Count == 1)
            throw invalid[0];
        if (invalid.Count > 1)
            throw BadInput($"{invalid.Count} environments have findings; nothing was changed");
    }
}
