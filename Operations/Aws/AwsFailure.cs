using Amazon.Runtime;
using Infra.Operations.Output;

namespace Infra.Operations.Aws;

/// <summary>Describes exceptions of the AWS SDK in the same way as errors of services without an SDK client.</summary>
internal static class AwsFailure
{
    /// <summary>The failure to show; null if it is not an exception of the SDK.</summary>
    public static OperationException? Of(Exception exception) => exception switch
    {
        // Without a status there was no response.
        AmazonServiceException { StatusCode: 0 } e =>
            new AwsApiException(Service(e), null, AwsApiException.Unreachable, e.Message, null, e),
        AmazonServiceException e => new AwsApiException(Service(e), null, e.ErrorCode ?? $"HTTP {(int)e.StatusCode}", e.Message,
            e.StatusCode, e),
        AmazonClientException e => new OperationException(ExitCode.WrongAccount, $"the AWS credentials cannot be used: {e.Message}",
            "sign in again (aws sso login --profile NAME)", e),
        _ => null,
    };

    // Amazon.DynamoDBv2.Model.ResourceNotFoundException: the namespace contains the service.
    private static string Service(AmazonServiceException e) => e.GetType().Namespace!.Split('.')[1];
}
