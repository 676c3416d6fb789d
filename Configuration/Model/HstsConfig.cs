using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// What browsers are told of HTTPS: for how long they never use plain HTTP. A browser that was told so cannot be told otherwise before
/// the time is over, so widen it in steps. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Strict-Transport-Security
/// </summary>
public sealed record HstsConfig
{
    [Description("Seconds for which browsers use HTTPS only; 0 makes them forget it.")]
    [Range(0, 63_072_000)]
    public int MaxAgeSeconds { get; init; } = 31_536_000;

    [Description("Whether it is also for every name below the host's own. On the domain itself that is every other system there, also those that this environment knows nothing of.")]
    public bool IncludeSubdomains { get; init; }

    [Description("Whether browser makers may build it in (hstspreload.org); needs includeSubdomains and a year.")]
    public bool Preload { get; init; }
}
