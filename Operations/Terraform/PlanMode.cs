namespace Infra.Operations.Terraform;

/// <summary>How a plan is made.</summary>
internal sealed record PlanMode
{
    public static readonly PlanMode Usual = new();

    public static readonly PlanMode Destroying = new() { Destroy = true };

    /// <summary>For a role that may neither read secrets, which refreshing them would, nor write a lock.</summary>
    public static readonly PlanMode ReadOnly = new() { Refresh = false, Lock = false };

    /// <summary>Whether everything is destroyed.</summary>
    public bool Destroy { get; init; }

    /// <summary>Whether what is deployed is looked at; otherwise the state is believed.</summary>
    public bool Refresh { get; init; } = true;

    /// <summary>Whether the state is locked meanwhile.</summary>
    public bool Lock { get; init; } = true;

    /// <summary>Addresses to look at, with what they stand on; none means all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Terraform's arguments.</summary>
    public IEnumerable<string> Arguments =>
    [
        .. Destroy ? ["-destroy"] : Array.Empty<string>(),
        .. Refresh ? Array.Empty<string>() : ["-refresh=false"],
        .. Lock ? Array.Empty<string>() : ["-lock=false"],
        .. Targets.Select(target => $"-target={target}"),
    ];
}
