using Amazon.Runtime;
using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Emulator;

/// <summary>
/// Temporary credentials of a role, issued by the emulator's STS, with which a command runs instead of as the account's administrator. They
/// are for testing permissions locally: <c>aws sts assume-role</c> against the emulator, then the command with the three variables and <see
/// cref="Variable"/>.
/// </summary>
/// <param name="AccessKeyId">Access key ID.</param>
/// <param name="SecretAccessKey">Secret access key.</param>
/// <param name="SessionToken">Session token.</param>
internal sealed record EmulatorSession(string AccessKeyId, string SecretAccessKey, string SessionToken)
{
    /// <summary>
    /// Variable that, set to 1, makes commands on the emulator use the credentials in the environment. Without it they are ignored, so that
    /// no real credentials are sent to the emulator.
    /// </summary>
    public const string Variable = "INFRA_EMULATOR_SESSION";

    private static readonly string[] Names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

    /// <summary>The session in the environment; null if <see cref="Variable"/> is not 1.</summary>
    /// <exception cref="OperationException"><see cref="Variable"/> is 1, and a variable is missing.</exception>
    public static EmulatorSession? Of(EnvironmentVariables variables)
    {
        if (!variables.IsOn(Variable))
            return null;
        string[] missing = [.. Names.Where(name => variables[name] is null)];
        return missing.Length == 0
            ? new EmulatorSession(variables[Names[0]]!, variables[Names[1]]!, variables[Names[2]]!)
            : throw OperationException.BadInput(
                $"{Variable}=1 needs credentials of the emulator; not set: {string.Join(", ", missing)}",
                "get them from its STS (aws sts assume-role), or unset the variable");
    }

    public AWSCredentials Credentials => new SessionAWSCredentials(AccessKeyId, SecretAccessKey, SessionToken);
}
