namespace Infra.Operations.Terraform;

/// <summary>
/// One line of Terraform's machine-readable output (<c>plan -json</c>, <c>apply -json</c>; format 1.2); only the events that are used here.
/// </summary>
internal abstract record TerraformEvent
{
    internal sealed record Refreshing(string Address) : TerraformEvent;

    /// <param name="Address">Resource.</param>
    /// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c>, <c>read</c>.</param>
    internal sealed record Started(string Address, string Action) : TerraformEvent;

    internal sealed record Completed(string Address, string Action, TimeSpan Elapsed) : TerraformEvent;

    internal sealed record Errored(string Address, string Action, TimeSpan Elapsed) : TerraformEvent;

    internal sealed record Summary(ChangeCounts Counts, string Operation) : TerraformEvent;

    internal sealed record Diagnosed(Diagnostic Diagnostic) : TerraformEvent;

    /// <summary>Terraform acquires the state's lock, and may wait for another run.</summary>
    internal sealed record WaitingForLock : TerraformEvent;

    /// <summary>Any other message to show: Terraform's response to an interrupt, a line that is not JSON.</summary>
    internal sealed record Message(string Text) : TerraformEvent;
}

/// <summary>Number of changes.</summary>
internal sealed record ChangeCounts(int Add, int Change, int Remove)
{
    public static readonly ChangeCounts None = new(0, 0, 0);

    public int Total => Add + Change + Remove;
}

/// <summary>An error or warning of Terraform or the provider.</summary>
/// <param name="IsError">Whether it is an error.</param>
/// <param name="Headline">Its summary.</param>
/// <param name="Detail">Its details; may be empty.</param>
/// <param name="Address">Address of the resource; empty if there is none.</param>
internal sealed record Diagnostic(bool IsError, string Headline, string Detail, string Address);
