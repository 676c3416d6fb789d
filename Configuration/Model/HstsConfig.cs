using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// HTTP Strict Transport Security: for how long browsers do not use plain HTTP. A browser that has stored the policy keeps it until it
/// expires, so increase the time in steps. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Strict-Transport-Security
/// </summary>
public sealed record HstsConfig
{
    [Description("Seconds for which browsers use HTTPS only; 0 makes them remove the policy.")]
    [Range(0, 63_072_000)]
    public int MaxAgeSeconds { get; init; } = 31_536_000;

    [Description(
        "Whether it also applies to all subdomains of the host. For the domain itself these include hosts of systems that are not part "
            + "of this environment.")]
    public bool IncludeSubdomains { get; init; }

    [Description(
        "Whether browsers may include the domain in their preload lists (hstspreload.org); requires includeSubdomains and a year.")]
    public bool Preload { get; init; }
}
