using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>The environment's DNS name.</summary>
public sealed record DomainConfig
{
    [Description("Domain, for example example.com; host names of services and sites are in it.")]
    [RegularExpression("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}", ErrorMessage = "a lower-case DNS name such as example.com")]
    public required string Name { get; init; }

    [Description(
        "create: base creates the Route 53 zone. existing: the zone already exists. none: DNS is hosted elsewhere, and the validation "
            + "records are outputs.")]
    public ZoneSource Zone { get; init; } = ZoneSource.Create;
}

/// <summary>Where the hosted zone of the domain comes from.</summary>
public enum ZoneSource { Create, Existing, None }
