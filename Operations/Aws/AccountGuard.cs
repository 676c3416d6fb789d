using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Aws;

/// <summary>Makes sure, before anything else is asked of AWS, that the credentials lead to the account that the environment names.</summary>
internal static class AccountGuard
{
    /// <summary>Asks STS, in the environment's region, who the caller is.</summary>
    /// <param name="access">Credentials and region in use.</param>
    /// <param name="account">Account that the environment names.</param>
    /// <param name="environment">File of the environment, for the message.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>ARN of the caller.</returns>
    /// <exception cref="OperationException">Another account, no valid credentials, or a region that the account has not enabled.</exception>
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
                $"AWS in {access.Region} does not accept {access.Source}: {e.Message}",
                "nothing was changed\nsign in again (aws sso login --profile NAME), or enable the region for the account", e);
        }

        if (caller.Account == account)
            return caller.Arn;
        throw new OperationException(
            ExitCode.WrongAccount,
            $"wrong AWS account: {access.Source} leads to {caller.Account} ({caller.Arn}), {environment} names {account}",
            $"nothing was changed\npass --profile NAME with a profile of {account}, or fix \"account\" in {environment}");
    }
}
