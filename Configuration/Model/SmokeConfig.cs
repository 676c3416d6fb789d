using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A smoke test: a request to the deployed environment, and the expected result.</summary>
public sealed record SmokeConfig
{
    [Description("Name, in results and for --only.")]
    [RegularExpression("[a-z0-9][a-z0-9-]{0,62}", ErrorMessage = "a name of at most 63 lower-case letters, digits and hyphens")]
    public required string Name { get; init; }

    [Description(
        "Kind of test: http (a URL answers), tls (its certificate), redirect (from HTTP to HTTPS), site (its index), task (a command in "
            + "a one-off task of a service, such as one that connects to the database), "
        + "command (on the machine that runs the tests), agent (a sample invocation), telemetry (a service's logs arrive).")]
    public required SmokeKind Kind { get; init; }

    [Description("URL to request, for http and tls. Default: that of service or site.")]
    [RegularExpression("https?://[^\\s]+", ErrorMessage = "a URL that begins with http:// or https://")]
    public string? Url { get; init; }

    [Description("Service to send requests to, at its host or at the load balancer; for task and telemetry the service itself.")]
    public string? Service { get; init; }

    [Description("Site to send requests to, for site and tls.")]
    [Newtonsoft.Json.JsonProperty("site")]
    public string? SiteName { get; init; }

    [Description("Agent to invoke, with body as the payload.")]
    [Newtonsoft.Json.JsonProperty("agent")]
    public string? AgentName { get; init; }

    [Description("Path and query of the request.")]
    [RegularExpression("/[^\\s]*", ErrorMessage = "a path that begins with /")]
    public string Path { get; init; } = "/";

    [Description("JSON body of a POST request; none means GET.")]
    public string? Body { get; init; }

    [Description("Expected HTTP status.")]
    [Range(100, 599)]
    public int Status { get; init; } = 200;

    [Description("Text that the response must contain; for command, its standard output.")]
    public string? Contains { get; init; }

    [Description(".NET regular expression that the response must match.")]
    public string? Matches { get; init; }

    [Description("Milliseconds within which the whole response must arrive.")]
    [Range(1, 60000)]
    public int? MaxMilliseconds { get; init; }

    [Description("Days for which the certificate must at least be valid.")]
    [Range(1, 365)]
    public int CertificateDays { get; init; } = 14;

    [Description("Program and arguments, for task and command; no shell is used.")]
    [Newtonsoft.Json.JsonProperty("command")]
    public IReadOnlyList<string> Arguments { get; init; } = [];

    [Description(
        "For task: an object that is written before the command, and what the command must write. `{prefix}` in the command is the key "
            + "prefix of both, which only this run uses; both are deleted afterwards.")]
    public SmokeObjectsConfig? Objects { get; init; }

    [Description("Maximum age in minutes of the newest log event, for telemetry.")]
    [Range(1, 1440)]
    public int WithinMinutes { get; init; } = 15;

    [Description("Seconds for which it is retried until it passes; for task and command, the timeout.")]
    [Range(1, 900)]
    public int Seconds { get; init; } = 60;
}

/// <summary>Kind of a smoke test.</summary>
public enum SmokeKind
{
    /// <summary>A URL returns a status and a text, in time.</summary>
    Http,

    /// <summary>A certificate is trusted and valid for a minimum time.</summary>
    Tls,

    /// <summary>Plain HTTP redirects to HTTPS.</summary>
    Redirect,

    /// <summary>A site's index is served.</summary>
    Site,

    /// <summary>A one-off task in the environment's network exits with 0: for example to check that the database answers.</summary>
    Task,

    /// <summary>A command on the machine that runs the smoke tests exits with 0.</summary>
    Command,

    /// <summary>An agent answers a sample invocation.</summary>
    Agent,

    /// <summary>Logs of a service arrive.</summary>
    Telemetry,
}
