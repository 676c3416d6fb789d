namespace Infra.Operations.Terraform;

/// <summary>Options of a plan.</summary>
internal sealed record PlanMode
{
    public static readonly PlanMode Usual = new();

    public static readonly PlanMode Destroying = new() { Destroy = true };

    /// <summary>For a role that may neither read secrets, as a refresh does, nor write a lock.</summary>
    public static readonly PlanMode ReadOnly = new() { Refresh = false, Lock = false };

    /// <summary>Whether the plan destroys everything.</summary>
    public bool Destroy { get; init; }

    /// <summary>Whether the state is refreshed before planning.</summary>
    public bool Refresh { get; init; } = true;

    /// <summary>Whether the state is locked.</summary>
    public bool Lock { get; init; } = true;

    /// <summary>Addresses for -target, which includes their dependencies; empty means all.</summary>
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
