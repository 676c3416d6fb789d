using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// Application traces in AWS X-Ray: a sidecar of each service, the collector of AWS Distro for OpenTelemetry, receives them from the
/// application's OpenTelemetry SDK.
/// </summary>
public sealed record TracesConfig
{
    // v0.43.3, for x86 and ARM. https://gallery.ecr.aws/aws-observability/aws-otel-collector
    public const string DefaultImage =
        "public.ecr.aws/aws-observability/aws-otel-collector@sha256:8aa9ea5f67b8d318f7d6af24677e3c70f7098bc0631147cb5fa91addbe980b06";

    [Description("Percentage of requests that are traced. The SDK of the service that receives a request first decides for all of them.")]
    [Range(0, 100)]
    public int SamplingPercent { get; init; } = 5;

    [Description("Image of the collector, with its digest. Default: version 0.43.3.")]
    [RegularExpression(
        ImageReference.DigestPattern,
        ErrorMessage = "an image with a digest: public.ecr.aws/aws-observability/aws-otel-collector@sha256:…")]
    public string Image { get; init; } = DefaultImage;
}
