using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Aws;

/// <summary>Checks, before any other AWS call, that the credentials belong to the account of the environment.</summary>
internal static class AccountGuard
{
    /// <summary>Gets the caller's identity from STS in the environment's region.</summary>
    /// <param name="access">Credentials and region in use.</param>
    /// <param name="account">Account of the environment.</param>
    /// <param name="environment">Path of the environment file, for the message.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>ARN of the caller.</returns>
    /// <exception cref="OperationException">
    /// Another account, no valid credentials, or a region that the account has not enabled.
    /// </exception>
    public static async Task<string> CheckAsync(AwsAccess access, string account, string environment, CancellationToken cancellation)
    {
        GetCallerIdentityResponse caller;
        try
        {
            using var sts = access.SecurityTokenService();
            caller = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new OperationException(
                ExitCode.WrongAccount,
                $"AWS in {access.Region} does not accept {access.Source}: {Reason(e)}",
                "nothing was changed\nsign in again (aws sso login --profile NAME), or enable the region for the account", e);
        }

        if (caller.Account == account)
            return caller.Arn;
        throw new OperationException(
            ExitCode.WrongAccount,
            $"wrong AWS account: {access.Source} belongs to {caller.Account} ({caller.Arn}), {environment} expects {account}",
            $"nothing was changed\npass --profile NAME with a profile of {account}, or fix \"account\" in {environment}");
    }

    // A profile with a role gets its credentials with the first request; the SDK's own message does not contain why it did not.
    private static string Reason(Exception exception)
    {
        string reason = exception.Message;
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
            if (inner is AmazonServiceException or OperationException)
                reason = $"{exception.Message}: {inner.Message}{(inner is OperationException { Remedy: { } remedy } ? $"; {remedy}" : "")}";
        return reason;
    }
}
