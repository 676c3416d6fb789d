using System.Net;
using Infra.Operations.Output;

namespace Infra.Operations.Aws;

/// <summary>A service said no, or was not reached. Left alone it is shown as its message; a flow that foresees the code catches it.</summary>
/// <param name="service">Service: <c>ecs</c>.</param>
/// <param name="action">Action: <c>RunTask</c>, or method and path.</param>
/// <param name="code">The service's own code, without namespace: <c>ParameterNotFound</c>; <see cref="Unreachable"/> where there was no answer.</param>
/// <param name="reason">The service's own words.</param>
/// <param name="status">HTTP status; null where there was no answer.</param>
/// <param name="inner">What the runtime said where there was no answer.</param>
internal sealed class AwsApiException(string service, string action, string code, string reason, HttpStatusCode? status, Exception? inner = null)
    : OperationException(ExitCode.Failed, $"AWS {service} {action}: {code}{(reason.Length > 0 ? $": {reason}" : "")}", Advice(code), inner)
{
    /// <summary>Code of a request that got no answer.</summary>
    public const string Unreachable = "Unreachable";

    private static readonly HashSet<string> Throttled = new(StringComparer.Ordinal)
    {
        // As the AWS SDKs have it: docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
        "BandwidthLimitExceeded", "LimitExceededException", "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
        "RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
        "TransactionInProgressException", "EC2ThrottledException", "TooManyUpdates",
    };

    public string Code { get; } = code;

    /// <summary>The service's own words.</summary>
    public string Reason { get; } = reason;

    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same request may go well a little later.</summary>
    // A limit that is reached is no throttling where the service says 400 with words of its own; waiting a few seconds does no harm there.
    public bool IsTransient => Code == Unreachable || Status >= HttpStatusCode.InternalServerError || Status == HttpStatusCode.TooManyRequests || Throttled.Contains(Code);

    private static string? Advice(string code) => code switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" => "the role in use lacks this right; docs/operations.md lists what each role may do",
        "ExpiredToken" or "ExpiredTokenException" => "sign in again (aws sso login --profile NAME), then run the same command again",
        Unreachable => "look at the network and at the region, then run the same command again",
        _ => null,
    };
}
