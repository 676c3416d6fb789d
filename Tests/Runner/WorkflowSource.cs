using Infra.Tests.Workflows;

namespace Infra.Tests.Runner;

/// <summary>
/// Where a workflow file is from. A called workflow gets it from the context <c>job</c>, since <c>github</c> is the caller's:
/// https://docs.github.com/actions/reference/workflows-and-actions/contexts#job-context
/// </summary>
/// <param name="Repository">Repository with the file.</param>
/// <param name="Ref">Ref that was called.</param>
/// <param name="Commit">Commit of the file.</param>
internal sealed record WorkflowSource(string Repository, string Ref, string Commit)
{
    /// <summary>
    /// The workflow that a job calls. By path it is that of the same repository and commit; otherwise it is in the infrastructure's
    /// repository. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_iduses
    /// </summary>
    public (WorkflowFile File, WorkflowSource Source) Called(WorkflowRunner runner, string uses)
    {
        if (uses.StartsWith("./", StringComparison.Ordinal))
            return Repository == runner.GitHub.Repository
                ? (WorkflowFile.Load(uses[2..]), this)
                : throw new FileNotFoundException($"{uses} is not in {Repository}");
        string[] parts = uses.Split('@', 2);
        string prefix = $"{runner.GitHub.Repository}/";
        if (parts.Length != 2 || !parts[0].StartsWith(prefix, StringComparison.Ordinal))
            throw new NotSupportedException($"{uses}: only workflows of {runner.GitHub.Repository} can be called");
        return (WorkflowFile.Load(parts[0][prefix.Length..]), new WorkflowSource(
            runner.GitHub.Repository, $"refs/heads/{parts[1]}", runner.Commit));
    }
}
