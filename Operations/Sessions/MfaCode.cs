using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sessions;

/// <summary>Gets the code of an MFA device that a profile with <c>mfa_serial</c> needs: from a variable, or by asking.</summary>
internal static class MfaCode
{
    /// <summary>Variable with the current code, for scripts.</summary>
    public const string Variable = "INFRA_MFA_CODE";

    /// <param name="context">Context of the run.</param>
    /// <param name="serial">ARN of the device.</param>
    /// <exception cref="OperationException">There is neither the variable nor somebody to ask.</exception>
    public static string Of(RunContext context, string serial) =>
        context.Variables[Variable] is { } code ? code
        : context.Reporter.CanAsk ? context.Reporter.AskAsync($"MFA code of {serial}: ", context.Stopping).GetAwaiter().GetResult()
        : throw new OperationException(
            ExitCode.WrongAccount, $"the profile requires a code of the MFA device {serial}", $"set {Variable} to its current code");
}
