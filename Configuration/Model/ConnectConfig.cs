using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>Host name and port under which other services call a service.</summary>
public sealed record ConnectConfig
{
    [Description("Host name that callers use. Default: the service's name.")]
    [RegularExpression("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*",
        ErrorMessage = "a host name such as orders or orders.internal")]
    public string? Name { get; init; }

    [Description("Port that callers use. Default: the service's port.")]
    [Range(1, 65535)]
    public int? Port { get; init; }
}
