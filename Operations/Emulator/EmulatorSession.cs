using Amazon.Runtime;
using Infra.Operations.Output;

namespace Infra.Operations.Emulator;

/// <summary>
/// Temporary credentials of a role, issued by the local AWS's STS, with which a command runs in place of the account's administrator. So permissions are
/// tried locally: <c>aws sts assume-role</c> against the local AWS, then the command with the three variables and <see cref="Variable"/>.
/// </summary>
/// <param name="AccessKeyId">Access key id.</param>
/// <param name="SecretAccessKey">Secret access key.</param>
/// <param name="SessionToken">Session token.</param>
internal sealed record EmulatorSession(string AccessKeyId, string SecretAccessKey, string SessionToken)
{
    /// <summary>
    /// Variable that, set to 1, makes commands on the local AWS use the credentials in the environment. Without it they are left alone, so that nobody's
    /// real credentials are sent there.
    /// </summary>
    public const string Variable = "INFRA_EMULATOR_SESSION";

    private static readonly string[] Names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

    /// <summary>The session in the environment; null where none is asked for.</summary>
    /// <exception cref="OperationException">One is asked for, and a variable is missing.</exception>
    public static EmulatorSession? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
            return null;
        string[] missing = [.. Names.Where(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))];
        return missing.Length == 0
            ? new EmulatorSession(Value(0), Value(1), Value(2))
            : throw OperationException.BadInput(
                $"{Variable}=1 needs credentials of the local AWS; not set: {string.Join(", ", missing)}",
                "get them from its STS (aws sts assume-role), or unset the variable");

        static string Value(int index) => Environment.GetEnvironmentVariable(Names[index])!;
    }

    public AWSCredentials Credentials => new SessionAWSCredentials(AccessKeyId, SecretAccessKey, SessionToken);
}
