using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A single-page application in a private bucket behind CloudFront.</summary>
public sealed record SiteConfig
{
    [Description("Host name in the domain: app gives app.example.com; empty is the domain itself. None: CloudFront's host name.")]
    [RegularExpression("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?",
        ErrorMessage = "one label of a host name (app for app.example.com), or empty for the domain itself")]
    public string? Host { get; init; }

    [Description("Price class: 100 is North America and Europe, 200 adds most other edge locations, All is worldwide.")]
    [AllowedValues("PriceClass_100", "PriceClass_200", "PriceClass_All")]
    public string PriceClass { get; init; } = "PriceClass_100";

    [Description("Content-Security-Policy header.")]
    public string ContentSecurityPolicy { get; init; } =
        "default-src 'self'; connect-src 'self' https:; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; frame-ancestors "
            + "'none'; base-uri 'self'";
}
