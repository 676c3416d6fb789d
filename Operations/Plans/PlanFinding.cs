namespace Infra.Operations.Plans;

/// <summary>A finding of the checks of an environment, as a summary of plans has it.</summary>
/// <param name="Level"><c>error</c> or <c>warning</c>.</param>
/// <param name="Rule">Id of the rule.</param>
/// <param name="File">File, relative to the checkout.</param>
/// <param name="Line">Line; 0 for the whole file.</param>
/// <param name="Text">What is wrong, and what is allowed.</param>
internal sealed record PlanFinding(string Level, string Rule, string File, int Line, string Text)
{
    /// <summary><c>environments/dev.json:14</c>.</summary>
    public string Place => Line == 0 ? File : FormattableString.Invariant($"{File}:{Line}");
}
