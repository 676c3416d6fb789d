using System.Net;
using Infra.Operations.Output;

namespace Infra.Operations.Aws;

/// <summary>
/// A service returned an error, or was not reached. Unhandled, its message is shown; a command that expects the code catches it.
/// </summary>
/// <param name="service">Service: <c>ecs</c>.</param>
/// <param name="action">Action: <c>RunTask</c>, or method and path.</param>
/// <param name="code">
/// The service's error code, without namespace: <c>ParameterNotFound</c>; <see cref="Unreachable"/> if there was no response.
/// </param>
/// <param name="reason">The service's error message.</param>
/// <param name="status">HTTP status; null if there was no response.</param>
/// <param name="inner">The exception of .NET if there was no response.</param>
internal sealed class AwsApiException(
    string service, string action, string code, string reason, HttpStatusCode? status, Exception? inner = null)
    : OperationException(ExitCode.Failed, $"AWS {service} {action}: {code}{(reason.Length > 0 ? $": {reason}" : "")}", Advice(code), inner)
{
    /// <summary>Code of a request that got no response.</summary>
    public const string Unreachable = "Unreachable";

    private static readonly HashSet<string> Throttled = new(StringComparer.Ordinal)
    {
        // The same codes as in the AWS SDKs: docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
        "BandwidthLimitExceeded", "LimitExceededException", "PriorRequestNotComplete", "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException", "EC2ThrottledException", "TooManyUpdates",
    };

    public string Code { get; } = code;

    /// <summary>The service's error message.</summary>
    public string Reason { get; } = reason;

    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same request may succeed when it is retried.</summary>
    // LimitExceededException with status 400 can mean a quota instead of throttling; retrying for a few seconds does no harm then.
    public bool IsTransient => Code == Unreachable
        || Status >= HttpStatusCode.InternalServerError
        || Status == HttpStatusCode.TooManyRequests
        || Throttled.Contains(Code);

    private static string? Advice(string code) => code switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" =>
            "the role in use lacks this permission; docs/operations.md lists the permissions of each role",
        "ExpiredToken" or "ExpiredTokenException" => "sign in again (aws sso login --profile NAME), then run the same command again",
        Unreachable => "check the network and the region, then run the same command again",
        _ => null,
    };
}
