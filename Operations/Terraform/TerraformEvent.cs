namespace Infra.Operations.Terraform;

/// <summary>One line of Terraform's machine-readable output (<c>plan -json</c>, <c>apply -json</c>; format 1.2), as far as it is used here.</summary>
internal abstract record TerraformEvent
{
    /// <param name="Address">Resource.</param>
    /// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c>, <c>replace</c>, <c>read</c>, <c>move</c>, <c>import</c>, <c>noop</c>.</param>
    internal sealed record PlannedChange(string Address, string Action) : TerraformEvent;

    /// <summary>Something differs from the state though nobody here changed it.</summary>
    internal sealed record Drift(string Address, string Action) : TerraformEvent;

    internal sealed record Refreshing(string Address) : TerraformEvent;

    internal sealed record Started(string Address, string Action) : TerraformEvent;

    internal sealed record Completed(string Address, string Action, TimeSpan Elapsed) : TerraformEvent;

    internal sealed record Errored(string Address, string Action, TimeSpan Elapsed) : TerraformEvent;

    internal sealed record Summary(ChangeCounts Counts, string Operation) : TerraformEvent;

    internal sealed record Outputs(IReadOnlyDictionary<string, OutputValue> Values) : TerraformEvent;

    internal sealed record Diagnosed(Diagnostic Diagnostic) : TerraformEvent;

    /// <summary>Somebody else may hold the state's lock: it is being waited for.</summary>
    internal sealed record WaitingForLock : TerraformEvent;

    /// <summary>Anything else worth a line: Terraform's answer to an interrupt, a line that is no JSON.</summary>
    internal sealed record Message(string Text) : TerraformEvent;
}

/// <summary>How much changes.</summary>
internal sealed record ChangeCounts(int Add, int Change, int Remove)
{
    public static readonly ChangeCounts None = new(0, 0, 0);

    public int Total => Add + Change + Remove;
}

/// <param name="Text">The value, JSON unless it is text; null where it is sensitive.</param>
/// <param name="Sensitive">Whether it must not be shown.</param>
internal sealed record OutputValue(string? Text, bool Sensitive);

/// <summary>An error or warning of Terraform or the provider.</summary>
/// <param name="IsError">Whether it is an error.</param>
/// <param name="Headline">Its one line.</param>
/// <param name="Detail">The rest; may be empty.</param>
/// <param name="Address">Resource it is about; empty if about none.</param>
internal sealed record Diagnostic(bool IsError, string Headline, string Detail, string Address);
