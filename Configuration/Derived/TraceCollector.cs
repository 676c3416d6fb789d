using System.Globalization;
using Infra.Configuration.Model;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Configuration.Derived;

/// <summary>The collector of traces that a service gets as a sidecar, and the variables of the application's OpenTelemetry SDK.</summary>
/// <remarks>
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
/// https://aws-otel.github.io/docs/setup/ecs/config-through-ssm
/// </remarks>
public static class TraceCollector
{
    /// <summary>Name of the sidecar.</summary>
    public const string Name = "otel-collector";

    // The application's containers and the collector share the task's loopback interface.
    private const string Address = "127.0.0.1:4318";

    /// <summary>The service with the collector; unchanged without traces.</summary>
    /// <param name="name">Name of the service.</param>
    /// <param name="service">Service.</param>
    /// <param name="config">Environment.</param>
    public static ServiceConfig With(string name, ServiceConfig service, EnvironmentConfig config)
    {
        if (config.Observability.Traces is not { } traces)
            return service;
        return service with
        {
            Sidecars = new Dictionary<string, SidecarConfig>(service.Sidecars, StringComparer.Ordinal)
            {
                [Name] = Collector(traces, config),
            },
            Environment = Over(Variables(name, traces, config), service.Environment),
            // Their tasks have the variables of the service, but no collector.
            Jobs = service.Jobs.ToDictionary(
                job => job.Key, job => job.Value with { Environment = Over(Disabled, job.Value.Environment) }, StringComparer.Ordinal),
            Migration = service.Migration is { } migration
                ? migration with { Environment = Over(Disabled, migration.Environment) }
                : null,
        };
    }

    private static Dictionary<string, string> Disabled => new(StringComparer.Ordinal) { ["OTEL_SDK_DISABLED"] = "true" };

    private static SidecarConfig Collector(TracesConfig traces, EnvironmentConfig config) => new()
    {
        Image = traces.Image,
        // Without traces the application still serves requests.
        Essential = false,
        TmpMiB = 8,
        Environment = new Dictionary<string, string> { ["AOT_CONFIG_CONTENT"] = Pipeline(config.Region) },
    };

    /// <summary>Configuration of the collector; JSON is YAML.</summary>
    private static string Pipeline(string region) => new JObject
    {
        ["receivers"] = new JObject
        {
            ["otlp"] = new JObject { ["protocols"] = new JObject { ["http"] = new JObject { ["endpoint"] = Address } } },
        },
        ["processors"] = new JObject
        {
            ["batch"] = new JObject(),
            ["resourcedetection"] = new JObject { ["detectors"] = new JArray("env", "ecs") },
        },
        ["exporters"] = new JObject { ["awsxray"] = new JObject { ["region"] = region } },
        ["service"] = new JObject
        {
            ["pipelines"] = new JObject
            {
                ["traces"] = new JObject
                {
                    ["receivers"] = new JArray("otlp"),
                    ["processors"] = new JArray("resourcedetection", "batch"),
                    ["exporters"] = new JArray("awsxray"),
                },
            },
        },
    }.ToString(Formatting.None);

    private static Dictionary<string, string> Variables(string service, TracesConfig traces, EnvironmentConfig config) =>
        new(StringComparer.Ordinal)
        {
            ["OTEL_SERVICE_NAME"] = service,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.namespace={config.Project},deployment.environment.name={config.Name}",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{Address}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_TRACES_EXPORTER"] = "otlp",
            // The collector has no pipeline for these; CloudWatch has both.
            ["OTEL_METRICS_EXPORTER"] = "none",
            ["OTEL_LOGS_EXPORTER"] = "none",
            // The load balancer sends X-Amzn-Trace-Id.
            ["OTEL_PROPAGATORS"] = "tracecontext,baggage,xray",
            ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
            ["OTEL_TRACES_SAMPLER_ARG"] = (traces.SamplingPercent / 100m).ToString("0.##", CultureInfo.InvariantCulture),
        };

    private static Dictionary<string, string> Over(Dictionary<string, string> defaults, IReadOnlyDictionary<string, string> own)
    {
        foreach ((string variable, string value) in own)
            defaults[variable] = value;
        return defaults;
    }
}
