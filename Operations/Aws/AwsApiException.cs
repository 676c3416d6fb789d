using System.Net;
using Infra.Operations.Output;

namespace Infra.Operations.Aws;

/// <summary>
/// A service returned an error, or was not reached. Unhandled, its message is shown; a command that expects the error catches it.
/// </summary>
/// <param name="service">Service: <c>ecs</c>.</param>
/// <param name="action">Action: <c>RunTask</c>, or method and path; null if it is not known.</param>
/// <param name="code">
/// The service's error code, without namespace: <c>ParameterNotFound</c>; <see cref="Unreachable"/> if there was no response.
/// </param>
/// <param name="reason">The service's error message.</param>
/// <param name="status">HTTP status; null if there was no response.</param>
/// <param name="inner">The exception of the SDK, or of .NET if there was no response.</param>
internal sealed class AwsApiException(
    string service, string? action, string code, string reason, HttpStatusCode? status, Exception? inner = null)
    : OperationException(ExitCode.Failed, Describe(service, action, code, reason), Advice(code, reason), inner)
{
    /// <summary>Code of a request that got no response.</summary>
    public const string Unreachable = "Unreachable";

    // Throttling and transient errors as in the AWS SDKs: docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
    {
        "BandwidthLimitExceeded", "EC2ThrottledException", "InternalError", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException",
        "RequestTimeout", "RequestTimeoutException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TooManyUpdates", "TransactionInProgressException", Unreachable,
    };

    public string Code { get; } = code;

    /// <summary>The service's error message.</summary>
    public string Reason { get; } = reason;

    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same request may succeed when it is retried.</summary>
    // LimitExceededException with status 400 can mean a quota instead of throttling; retrying for a few seconds does no harm then.
    public bool IsTransient =>
        Status >= HttpStatusCode.InternalServerError || Status == HttpStatusCode.TooManyRequests || Transient.Contains(Code);

    /// <summary>Whether what the request names does not exist.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound
        || Code.EndsWith("NotFound", StringComparison.Ordinal)
        || Code.EndsWith("NotFoundException", StringComparison.Ordinal)
        || Code.EndsWith("NotFoundFault", StringComparison.Ordinal);

    /// <summary>Whether AWS denied the request to the caller.</summary>
    public bool IsAccessDenied => Denies(Code);

    private static bool Denies(string code) => code is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "Forbidden";

    private static string Describe(string service, string? action, string code, string reason) =>
        Denies(code) && DeniedAccess.Of(reason) is { } denied
            ? $"AWS denied access: {denied}"
            : $"AWS {service}{(action is null ? "" : " " + action)}: {code}{(reason.Length > 0 ? $": {reason}" : "")}";

    private static string? Advice(string code, string reason) => code switch
    {
        _ when Denies(code) => DeniedAccess.Of(reason)?.WhatToCheck ?? DeniedAccess.CheckTheRole,
        "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" =>
            "sign in again (aws sso login --profile NAME), then run the same command again",
        Unreachable => "check the network and the region, then run the same command again",
        _ => null,
    };
}
